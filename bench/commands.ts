import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { CommandHandler, type Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { caseDecider, type CaseCommand, type CaseState, type DecisionContext } from '@spil/domain';
import { connectEventStore, createCodec, createDecisionRunner, type DataKeys } from '@spil/event-store';
import { atOnce } from './support/at-once.js';
import { caseIdOf, eventOf, party } from './support/cases.js';
import { seedLog, type SeededEvent } from './support/log.js';
import { credentials, type Bench } from './support/place.js';
import { perSecond, timed } from './support/report.js';

/** Steps a case has before the command: registered, assessed, coordinated, and asked of the desk. */
const stepsBefore = 4;
const rounds = 3;
/** The first is for warming up and does not count. */
const allRounds = rounds + 1;

type Contender = (caseNumber: number) => Promise<void>;
type CaseHistoryEvent = Event<string, Record<string, unknown>>;

/** A command is a failed attempt to reach the lawyer on duty: it loads the case, decides, and appends one event. */
export async function commands(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const perRound = Math.max(64, Math.round(1_000 * scale));
  // Every contender and every round has cases of its own, all of the same length.
  const cases = perRound * allRounds;
  report.note(
    `commands: ${perRound} commands a round, ${rounds} rounds each, on cases of ${stepsBefore} events`,
  );
  const events = await bench.database('command_events');
  await bench.withNode(events, () => Promise.resolve());
  await seedLog(events, historyOf(cases * 4));
  const emmettUrl = await bench.database('command_emmett');
  const emmett = getPostgreSQLEventStore(emmettUrl);
  await emmett.schema.migrate();
  for (let from = 0; from < cases * 2; from += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, cases * 2 - from) }, (_, at) =>
        emmett.appendToStream(`case-${caseIdOf(from + at)}`, emmettHistory(from + at)),
      ),
    );

  await bench.withNode(events, async (node) => {
    const store = connectEventStore({ connectionString: node.connectionString, credentials });
    const client = EventStoreDBClient.connectionString(node.connectionString);
    try {
      for (const [turn, concurrency] of [16, 64].entries()) {
        const offset = cases * 2 * turn;
        const runner = runnerOn(store, 1);
        const cached = runnerOn(store, 10_000);
        const handler = emmettHandler(emmett);
        const ms = await interleaved(perRound, concurrency, {
          spil: (at) => attempt(runner, offset + at),
          bare: (at) => bareReadAppend(client, offset + cases + at),
          emmett: (at) => handler(cases * turn + at),
          cached: (at) => attempt(cached, offset + at),
          append: (at) => bareAppend(client, offset + cases + at),
        });
        const done = perRound * rounds;
        const rate = (name: keyof typeof ms) => perSecond(done, ms[name] ?? Number.NaN);
        const ratio = (ours: keyof typeof ms, theirs: keyof typeof ms) =>
          (ms[theirs] ?? Number.NaN) / (ms[ours] ?? Number.NaN);
        const at = `${concurrency} at once`;
        report.line(
          `cold command / bare read + append, ${at}`,
          ratio('spil', 'bare'),
          { atLeast: 0.85 },
          `${rate('spil')} / ${rate('bare')}`,
        );
        report.line(
          `cold command / emmett, ${at}`,
          ratio('spil', 'emmett'),
          { atLeast: 1 },
          `${rate('spil')} / ${rate('emmett')}`,
        );
        report.line(
          `cached command / bare append, ${at}`,
          ratio('cached', 'append'),
          { atLeast: 0.8 },
          `${rate('cached')} / ${rate('append')}`,
        );
        report.line(
          `cached command / emmett, ${at}`,
          ratio('cached', 'emmett'),
          { atLeast: 1.5 },
          `${rate('cached')} / ${rate('emmett')}`,
        );
      }
    } finally {
      await client.dispose();
      await store.close();
      await emmett.close();
    }
  });
}

/**
 * Runs the contenders in turns, so that a noisy machine is noisy for all. `cached` and `append` come right after `spil` and
 * `bare` on the same cases: the one's heads are loaded, the other's revision is known.
 */
async function interleaved(
  perRound: number,
  concurrency: number,
  contenders: Readonly<Record<string, Contender>>,
): Promise<Record<string, number>> {
  const ms: Record<string, number> = {};
  for (let round = 0; round < allRounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const from = round * perRound;
      // Heads that a cached command finds were loaded by an earlier command of the same process.
      if (name === 'cached') await atOnce(perRound, concurrency, (at) => contender(from + at));
      const took = await timed(() => atOnce(perRound, concurrency, (at) => contender(from + at)));
      if (round > 0) ms[name] = (ms[name] ?? 0) + took;
    }
  }
  return ms;
}

/** The payload holds no personal data, so no key is asked for: what is measured is deciding and storing. */
const noKeys: DataKeys = {
  keyFor: () => Promise.reject(new Error('a command of the bench asked for a data key')),
};

const runnerOn = (store: ReturnType<typeof connectEventStore>, cachedStreams: number) =>
  createDecisionRunner({ store, codec: createCodec(), keys: noKeys, cachedStreams });

function contextOf(number: number): DecisionContext {
  const asker = party(number % 3 === 0 ? 'SOCIAAL_RAADSLIEDEN' : 'JURIDISCH_LOKET', number);
  const now = new Date().toISOString();
  return {
    actor: { kind: 'PROFESSIONAL', ...asker },
    mandate: 'CASEWORK',
    occurredAt: now,
    recordedAt: now,
  };
}

const attemptOf = (number: number): CaseCommand => ({
  type: 'RecordContactAttempt',
  caseId: caseIdOf(number),
  attemptId: randomUUID(),
  piketRequestId: `request-${number}`,
  result: 'NO_ANSWER',
  callBackAt: null,
});

async function attempt(runner: ReturnType<typeof runnerOn>, number: number): Promise<void> {
  const command = attemptOf(number);
  const outcome = await runner.runDecision({
    stream: `case-${caseIdOf(number)}`,
    decider: caseDecider,
    command: () => command,
    context: contextOf(number),
    commandId: randomUUID(),
    principal: `bench-${number % 400}`,
    subject: () => null,
    payload: { piketRequestId: `request-${number}`, result: 'NO_ANSWER' },
  });
  if (outcome.kind !== 'accepted') throw new Error(`a command was refused: ${outcome.refusal.code}`);
}

/** Of the size that Spil writes. */
const proposal = (number: number) =>
  jsonEvent({
    type: 'ContactAttempted',
    data: { ...eventOf(number, stepsBefore) },
    metadata: metadata(number),
  });

const metadata = (number: number) => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: randomUUID(),
  actor: { ...contextOf(number).actor },
  mandate: 'CASEWORK',
  recordedAt: new Date().toISOString(),
  schemaVersion: 1,
  fingerprint: 'x'.repeat(43),
});

async function bareReadAppend(client: EventStoreDBClient, number: number): Promise<void> {
  let revision = -1n;
  for await (const { event } of client.readStream(`case-${caseIdOf(number)}`, { credentials }))
    revision = event?.revision ?? revision;
  await client.appendToStream(`case-${caseIdOf(number)}`, proposal(number), {
    expectedRevision: revision,
    credentials,
  });
}

async function bareAppend(client: EventStoreDBClient, number: number): Promise<void> {
  await client.appendToStream(`case-${caseIdOf(number)}`, proposal(number), {
    // After the history and the one append that read it.
    expectedRevision: BigInt(stepsBefore),
    credentials,
  });
}

function* historyOf(cases: number): Generator<SeededEvent> {
  for (let step = 0; step < stepsBefore; step += 1)
    for (let number = 0; number < cases; number += 1) yield { number, step };
}

const asEmmett = (event: { readonly type: string }): CaseHistoryEvent => ({
  type: event.type,
  data: { ...event },
});

const emmettHistory = (number: number): CaseHistoryEvent[] =>
  Array.from({ length: stepsBefore }, (_, step) => asEmmett(eventOf(number, step)));

/** The same decider on emmett's command handler. */
function emmettHandler(store: ReturnType<typeof getPostgreSQLEventStore>): Contender {
  type Stored = Parameters<typeof caseDecider.evolve>[1];
  const handle = CommandHandler<CaseState, CaseHistoryEvent>({
    evolve: (state, { data }) => caseDecider.evolve(state, data as unknown as Stored),
    initialState: () => caseDecider.initialState,
  });
  return async (number) => {
    await handle(store, `case-${caseIdOf(number)}`, (state) => {
      const decision = caseDecider.decide(attemptOf(number), state, contextOf(number));
      if (!Array.isArray(decision)) throw new Error('a command was refused');
      return (decision as Stored[]).map((event) => ({ ...asEmmett(event), metadata: metadata(number) }));
    });
  };
}
