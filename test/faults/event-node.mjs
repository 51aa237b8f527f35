// Kills the event node (SIGKILL) again and again under concurrent writers, then judges its log by what the writers
// were told: `npm run build && node test/faults/event-node.mjs [--rounds 20] [--writers 32] [--seed N]`.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EventStoreDBClient, jsonEvent, WrongExpectedVersionError } from '@eventstore/db-client';
import {
  ensureDatabase,
  freePort,
  spawnEventNode,
  startPostgres,
} from '../../dist/libs/embedded/src/index.js';
import { percentiles, randomFrom } from './support.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, writers: { type: 'string' }, seed: { type: 'string' } },
});
const ROUNDS = Number(values.rounds ?? 20);
const WRITERS = Number(values.writers ?? 32);
const SEED = Number(values.seed ?? Date.now() % 1_000_000);
const EVENTS_PER_STREAM = 60;
const ACKNOWLEDGED_PER_ROUND = 200;
const UNARY = { credentials: { username: 'admin', password: 'changeit' } };

const random = randomFrom(SEED);

const journal = {
  /** What was acknowledged: event id -> stream and revision. */
  acknowledged: new Map(),
  refused: new Set(),
  unanswered: 0,
  appends: 0,
};
let writing = true;
let onAcknowledged = () => undefined;

const newEvents = (count) =>
  Array.from({ length: count }, () => jsonEvent({ type: 'StepTaken', data: { text: 'x'.repeat(200) } }));

/** One writer: one append after the other, and each sent again with the same ids until its outcome is known. */
async function write(writer, port) {
  // Half of them by the call that Spil uses, half by the batch stream that other users of the client get.
  const path = writer % 2 === 0 ? UNARY : {};
  const connect = () => EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);
  let client = connect();
  const settle = async (stream, events, expectedRevision) => {
    for (;;) {
      try {
        return await client.appendToStream(stream, events, { ...path, expectedRevision, deadline: 2_000 });
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) return undefined;
        journal.unanswered += 1;
        await client.dispose();
        client = connect();
        await pause(20);
      }
    }
  };
  for (let number = 0; writing; number++) {
    const stream = `case-${writer}-${number}`;
    for (let revision = -1n; writing && revision < EVENTS_PER_STREAM;) {
      const events = newEvents(1 + Math.floor(random() * 3));
      const result = await settle(stream, events, revision < 0n ? 'no_stream' : revision);
      journal.appends += 1;
      if (!result)
        throw new Error(`${stream}: refused at revision ${revision}, where its only writer stands`);
      for (const { id } of events) journal.acknowledged.set(id, { stream, revision: ++revision });
      if (result.nextExpectedRevision !== revision)
        throw new Error(`${stream}: acknowledged at a wrong revision`);
      onAcknowledged();
      if (random() > 0.1) continue;
      const stale = newEvents(1);
      if (await settle(stream, stale, revision + 5n)) throw new Error(`${stream}: a stale append was taken`);
      journal.refused.add(stale[0].id);
    }
  }
  await client.dispose();
}

/** Resolves when `count` more appends are acknowledged. */
const acknowledgements = (count) =>
  new Promise((resolve) => {
    let left = count;
    onAcknowledged = () => --left === 0 && resolve();
  });

/** Compares the log with the journal. */
async function judge(port) {
  const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);
  const found = new Map();
  const next = new Map();
  const verdict = { events: 0, lost: 0, doubled: 0, misplaced: 0, unexpected: 0, holes: 0 };
  for await (const { event } of client.readAll()) {
    if (!event?.streamId.startsWith('case-')) continue;
    verdict.events += 1;
    if (found.has(event.id)) verdict.doubled += 1;
    found.set(event.id, event);
    if (!journal.acknowledged.has(event.id)) verdict.unexpected += 1;
    if (event.revision !== (next.get(event.streamId) ?? 0n)) verdict.holes += 1;
    next.set(event.streamId, event.revision + 1n);
  }
  for (const [id, { stream, revision }] of journal.acknowledged) {
    const event = found.get(id);
    if (!event) verdict.lost += 1;
    else if (event.streamId !== stream || event.revision !== revision) verdict.misplaced += 1;
  }
  await client.dispose();
  return verdict;
}

const folder = await mkdtemp(join(tmpdir(), 'spil-faults-'));
await chmod(folder, 0o711);
const postgres = await startPostgres({ dir: join(folder, 'postgres'), superuserPassword: 'faults' });
await ensureDatabase(postgres.url('postgres'), 'events');
const options = { databaseUrl: postgres.url('events'), port: await freePort() };
let node = await spawnEventNode(options);
console.log(`seed ${SEED}: ${ROUNDS} x kill -9 of the event node under ${WRITERS} writers`);
const failure = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, options.port)));
failure.catch(() => undefined);
const recoveries = [];
try {
  for (let round = 1; round <= ROUNDS; round++) {
    await Promise.race([failure, acknowledgements(ACKNOWLEDGED_PER_ROUND)]);
    await pause(random() * 300);
    const killed = performance.now();
    await node.kill9();
    const recovered = acknowledgements(1);
    node = await spawnEventNode(options);
    await Promise.race([failure, recovered]);
    recoveries.push(performance.now() - killed);
    console.log(
      `  ${round}/${ROUNDS}  ${journal.appends} appends, back after ${Math.round(recoveries.at(-1))} ms`,
    );
  }
  writing = false;
  await failure;
  const verdict = await judge(options.port);
  const { p50, p99 } = percentiles(recoveries);
  console.log(
    `acknowledged ${journal.appends} appends (${journal.acknowledged.size} events), refused ${journal.refused.size}, unanswered and sent again ${journal.unanswered}`,
  );
  console.log(
    `in the log ${verdict.events} events: lost ${verdict.lost}, doubled ${verdict.doubled}, misplaced ${verdict.misplaced}, unexpected ${verdict.unexpected}, holes ${verdict.holes}`,
  );
  console.log(`recovery p50 ${p50} ms, p99 ${p99} ms`);
  const { lost, doubled, misplaced, unexpected, holes } = verdict;
  const exercised = journal.acknowledged.size > 0 && journal.refused.size > 0 && verdict.events > 0;
  const sound = lost + doubled + misplaced + unexpected + holes === 0 && exercised;
  console.log(sound ? 'nothing lost' : 'FAILED');
  process.exitCode = sound ? 0 : 1;
} finally {
  writing = false;
  await node.stop();
  await postgres.stop();
  await rm(folder, { recursive: true });
}
