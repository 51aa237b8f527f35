// The whole of Spil under people's work, hit by one fault after the other; judged from a journal kept outside of it by the
// invariants I1 to I5: `npm run build && node test/faults/system.mjs [--faults 24] [--people 8] [--freeze-seconds 5]
// [--only KIND] [--seed N]`. Every kind of fault comes up before one comes up again, and what can be frozen is frozen for a minute
// the first time.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentiles, randomFrom } from './support.mjs';
import { CheckpointWatch } from './system/checkpoints.mjs';
import { faults } from './system/faults.mjs';
import { judge } from './system/judge.mjs';
import { RunningSpil } from './system/running-spil.mjs';
import { settle, Workload } from './system/workload.mjs';

const option = { type: 'string' };
const { values } = parseArgs({
  options: { faults: option, people: option, 'freeze-seconds': option, only: option, seed: option },
});
const FAULTS = Number(values.faults ?? 24);
const PEOPLE = Number(values.people ?? 8);
const FREEZE_MS = Number(values['freeze-seconds'] ?? 5) * 1_000;
const FIRST_FREEZE_MS = Math.max(FREEZE_MS, 60_000);
const SEED = Number(values.seed ?? Date.now() % 1_000_000);
const ACKNOWLEDGED_BETWEEN = 20;
const RECOVERY_MS = 120_000;
const random = randomFrom(SEED);

const names = Object.keys(faults).filter((name) => (values.only ?? name) === name);
if (names.length === 0) throw new Error(`--only is one of: ${Object.keys(faults).join(', ')}`);

/** Every kind as often as the others, in an order of this seed. */
function* kinds(count) {
  for (let round = []; count > 0; count--) {
    if (round.length === 0) round = [...names];
    yield round.splice(Math.floor(random() * round.length), 1)[0];
  }
}

/** Waits for people to get answers again; fails at once when Spil ended by itself. */
async function inTime(acknowledged, what) {
  const over = new AbortController();
  const failed = (async () => {
    for (const deadline = Date.now() + RECOVERY_MS; ; await pause(100, undefined, { signal: over.signal })) {
      if (!spil.alive) throw new Error(`Spil ended by itself ${what}:\n${spil.printed}`);
      if (Date.now() > deadline)
        throw new Error(`nothing acknowledged for two minutes ${what}:\n${spil.printed}`);
    }
  })();
  try {
    await Promise.race([acknowledged, failed]);
  } finally {
    over.abort();
    // A failure in time was told by the race; what is left is the watch that was called off.
    failed.catch(() => undefined);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'spil-faults-'));
await chmod(folder, 0o711);
const spil = new RunningSpil(folder);
console.log(
  `seed ${SEED}: ${FAULTS} faults in a Spil at which ${PEOPLE} people work, frozen for ${FIRST_FREEZE_MS / 1_000} s the first time, then for ${FREEZE_MS / 1_000} s`,
);
await spil.start();
try {
  await settle(spil);
  const work = new Workload(spil, random);
  const checkpoints = new CheckpointWatch(spil);
  const ending = Promise.all([work.run(PEOPLE), checkpoints.run()]);
  // Awaited in every race below and at the end; nobody listens in between.
  ending.catch(() => undefined);

  const hits = new Map();
  const recoveries = [];
  for (const kind of kinds(FAULTS)) {
    await inTime(Promise.race([ending, work.acknowledgements(ACKNOWLEDGED_BETWEEN)]), `before "${kind}"`);
    await pause(random() * 500);
    const from = await faults[kind](spil, {
      random,
      freezeMs: hits.has(kind) ? FREEZE_MS : FIRST_FREEZE_MS,
      answers: () =>
        inTime(Promise.race([ending, work.acknowledgements(ACKNOWLEDGED_BETWEEN)]), `during "${kind}"`),
    });
    await inTime(Promise.race([ending, work.acknowledgements(1)]), `after "${kind}"`);
    recoveries.push(performance.now() - from);
    hits.set(kind, (hits.get(kind) ?? 0) + 1);
    console.log(`  ${recoveries.length}/${FAULTS}  ${kind}, back after ${Math.round(recoveries.at(-1))} ms`);
  }
  work.stop();
  checkpoints.stop();
  await ending;

  const verdict = await judge(spil, work.journal);
  const commands = [...work.journal.values()];
  const count = (outcome) => commands.filter((one) => one.outcome === outcome).length;
  const unknown = commands.filter(({ unanswered }) => unanswered > 0).length;
  const { p50, p99 } = percentiles(recoveries);
  const missing = names.filter((name) => !hits.has(name));
  console.log(`faults: ${[...hits].map(([kind, times]) => `${times} x ${kind}`).join(', ')}`);
  if (missing.length > 0) console.log(`too few faults for: ${missing.join(', ')}`);
  console.log(
    `commands: acknowledged ${count('accepted')}, refused ${count('refused')}, unknown ${unknown} (of which given up ${count('given up')}), slowest answer ${Math.round(work.slowest.any)} ms, slowest "unavailable" ${Math.round(work.slowest.unavailable)} ms`,
  );
  console.log(
    `log: ${verdict.events} events: lost ${verdict.lost.length}, doubled ${verdict.doubled.length}, misplaced ${verdict.misplaced.length}, unexpected ${verdict.unexpected.length}, holes ${verdict.holes.length}`,
  );
  console.log(
    `read models: ${verdict.rows} rows, ${verdict.unlike.length} unlike a fresh fold, ${verdict.parked} parked; checkpoints looked at ${checkpoints.looks} times, went back ${checkpoints.wentBack.length} times`,
  );
  console.log(`recovery p50 ${p50} ms, p99 ${p99} ms`);
  const { lost, doubled, misplaced, unexpected, holes, unlike } = verdict;
  const wrong = [
    work.wrongAnswers,
    lost,
    doubled,
    misplaced,
    unexpected,
    holes,
    unlike,
    checkpoints.wentBack,
  ].flat();
  for (const one of wrong.slice(0, 20)) console.log(`  ${one}`);
  // What was never looked at is not sound.
  const looked = {
    'accepted commands': count('accepted'),
    'refused commands': count('refused'),
    'rows of read models': verdict.rows,
    'looks at checkpoints': checkpoints.looks,
    ...(values.only === undefined && { '"unavailable" answers': work.slowest.unavailable }),
  };
  const unseen = Object.keys(looked).filter((what) => looked[what] === 0);
  for (const what of unseen) console.log(`  there were no ${what}`);
  const sound = wrong.length + unseen.length + verdict.parked === 0;
  console.log(sound ? 'nothing lost' : `FAILED: ${wrong.length} things are not as they should be`);
  process.exitCode = sound ? 0 : 1;
} finally {
  await spil.end('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
}
// A person who waits for an answer that never comes must not keep this from ending.
process.exit();
