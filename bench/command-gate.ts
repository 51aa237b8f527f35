import { CaseAdmission } from '@spil/commands';
import { atOnce } from './support/at-once.js';
import { historyOf, openCommandPath, withKeys, type CommandPath } from './support/command-path.js';
import { seedLog } from './support/log.js';
import type { Bench } from './support/place.js';
import { perSecond, timed } from './support/report.js';

const rounds = 5;
/** The first is for warming up and does not count. */
const allRounds = rounds + 1;
const concurrency = 16;

/** A gate that lets everybody through. It is of the bench alone: no build of the service holds it, and no setting chooses it. */
class OpenGate extends CaseAdmission {
  override admits(): boolean {
    return true;
  }
}

/** What asking the access policy costs a command: steps through the command bus, each contender in cases of its own. */
export async function commandGate(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const perRound = Math.max(64, Math.round(400 * scale));
  const cases = perRound * allRounds;
  const events = await bench.database('gate_events');
  const keysUrl = await bench.database('gate_keys');
  await bench.withNode(events, () => Promise.resolve());
  await seedLog(events, historyOf(cases * 2));
  await bench.withNode(events, ({ connectionString }) =>
    withKeys(keysUrl, async (keys) => {
      const paths: CommandPath[] = [];
      try {
        const gated = await openCommandPath({ connectionString, keys });
        paths.push(gated);
        const open = await openCommandPath({ connectionString, keys }, new OpenGate());
        paths.push(open);
        await gated.settle();
        const ms = { cold: { gated: 0, open: 0 }, cached: { gated: 0, open: 0 } };
        for (let round = 0; round < allRounds; round += 1) {
          const contenders = [
            ['gated', gated, round * perRound],
            ['open', open, cases + round * perRound],
          ] as const;
          // In turns, and none always first: a noisy machine is noisy for both.
          for (const [name, path, from] of round % 2 === 0 ? contenders : contenders.toReversed())
            for (const heads of ['cold', 'cached'] as const) {
              const took = await timed(() => atOnce(perRound, concurrency, (at) => path.attempt(from + at)));
              if (round > 0) ms[heads][name] += took;
            }
        }
        for (const heads of ['cold', 'cached'] as const) {
          const { gated: withGate, open: without } = ms[heads];
          report.line(
            `${heads} command with the access gate / without`,
            without / withGate,
            undefined,
            `${perSecond(perRound * rounds, withGate)} / ${perSecond(perRound * rounds, without)} through the command bus, ${concurrency} at once`,
          );
        }
      } finally {
        for (const path of paths) await path.close();
      }
    }),
  );
}
