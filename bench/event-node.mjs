// How fast the embedded event node is, through the unmodified official client: `npm run build && node bench/event-node.mjs`.
// The node and its durable Postgres run as processes of their own; this process is all the writers and readers.
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, eventTypeFilter, excludeSystemEvents, jsonEvent } from '@eventstore/db-client';
import { ensureDatabase, spawnEventNode, startPostgres } from '../dist/libs/embedded/src/index.js';

const APPEND_SECONDS = Number(process.env.BENCH_APPEND_SECONDS ?? 3);
const EVENTS_PER_STREAM = 12;
const LIVE_EVENTS = 500;
const LIVE_INTERVAL_MS = 8;
/** Makes the client use unary appends, as Spil itself does, rather than its shared batch stream. */
const UNARY = { credentials: { username: 'admin', password: 'changeit' } };
const TYPES = ['CaseRegistered', 'ContactMade', 'ConversationRecorded', 'CaseReferred'];

let made = 0;
/** An event of about 500 bytes. */
const newEvent = (type = TYPES[made % TYPES.length]) =>
  jsonEvent({
    type,
    data: { number: made++, at: Date.now(), text: 'x'.repeat(400) },
    metadata: { actor: 'system:bench' },
  });

/** CPU time the node has used, in microseconds: says what an event costs, however busy the machine is (Linux only). */
function nodeCpu() {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${node.pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Runs `work`, which gives the number of events it moved; events per second, and what one cost the node. */
async function measure(work) {
  const start = performance.now();
  const cpu = nodeCpu();
  const count = await work();
  const perSecond = Math.round(count / ((performance.now() - start) / 1000));
  const cost = Math.round((nodeCpu() - cpu) / count);
  return `${perSecond.toLocaleString('en')}/s (${count.toLocaleString('en')} events, ${cost} us of node CPU each)`;
}

function spread(latencies) {
  const sorted = latencies.toSorted((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((part) => sorted[Math.floor((sorted.length - 1) * part)].toFixed(1));
  return `p50 ${p50} ms, p99 ${p99} ms`;
}
const line = (what, figure) => console.log(`${what.padEnd(40)} ${figure}`);

/** Each writer appends one event after the other, to a new stream every twelve events, always at the revision it knows. */
async function append(client, writers, options) {
  const end = performance.now() + APPEND_SECONDS * 1000;
  const latencies = [];
  const write = async (writer) => {
    for (let stream = 0; performance.now() < end; stream++) {
      const name = `case-${writers}-${options ? 'unary' : 'batch'}-${writer}-${stream}`;
      for (let revision = -1n; revision < EVENTS_PER_STREAM - 1 && performance.now() < end; revision++) {
        const sent = performance.now();
        await client.appendToStream(name, newEvent(), {
          expectedRevision: revision < 0n ? 'no_stream' : revision,
          ...options,
        });
        latencies.push(performance.now() - sent);
      }
    }
  };
  const figure = await measure(async () => {
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    return latencies.length;
  });
  return `${figure}, ${spread(latencies)}`;
}

async function readAll(client) {
  let count = 0;
  for await (const { event } of client.readAll()) if (event) count += 1;
  return count;
}

async function catchUp(client, filter) {
  let count = 0;
  const subscription = client.subscribeToAll({ fromPosition: 'start', filter });
  subscription.on('data', () => (count += 1));
  await new Promise((caughtUp, failed) => subscription.once('caughtUp', caughtUp).once('error', failed));
  await subscription.unsubscribe();
  return count;
}

/** From just before an append is sent until a filtered subscriber has the event. */
async function liveLatency(client) {
  const filter = eventTypeFilter({ prefixes: ['Live'] });
  const subscription = client.subscribeToAll({ fromPosition: 'end', filter });
  await new Promise((caughtUp, failed) => subscription.once('caughtUp', caughtUp).once('error', failed));
  const sent = new Map();
  const latencies = [];
  const all = new Promise((done) =>
    subscription.on('data', ({ event }) => {
      latencies.push(performance.now() - sent.get(event.id));
      if (latencies.length === LIVE_EVENTS) done();
    }),
  );
  for (let index = 0; index < LIVE_EVENTS; index++) {
    const event = newEvent('LiveStep');
    sent.set(event.id, performance.now());
    void client.appendToStream(`live-${index % 20}`, event, UNARY);
    await pause(LIVE_INTERVAL_MS);
  }
  await all;
  await subscription.unsubscribe();
  return spread(latencies);
}

const folder = await mkdtemp(join(tmpdir(), 'spil-bench-'));
await chmod(folder, 0o711);
const postgres = await startPostgres({ dir: join(folder, 'postgres'), superuserPassword: 'bench' });
await ensureDatabase(postgres.url('postgres'), 'events');
const node = await spawnEventNode({ databaseUrl: postgres.url('events'), onLog: () => undefined });
const oneInFour = eventTypeFilter({ prefixes: ['CaseReg'] });
const client = EventStoreDBClient.connectionString(node.connectionString);
try {
  line(
    'machine',
    `${availableParallelism()} cores, Node ${process.versions.node}; 500-byte events, fsync on`,
  );
  await client.appendToStream('warm-up', newEvent(), UNARY);
  for (const writers of [1, 16, 64])
    line(`append, ${writers} writers, batch stream`, await append(client, writers));
  for (const writers of [1, 16, 64])
    line(`append, ${writers} writers, unary`, await append(client, writers, UNARY));
  line('read $all', await measure(() => readAll(client)));
  line('catch up on $all without system events', await measure(() => catchUp(client, excludeSystemEvents())));
  line('catch up on one event type in four', await measure(() => catchUp(client, oneInFour)));
  line('append to filtered live subscriber', await liveLatency(client));
} finally {
  await client.dispose();
  await node.stop();
  await postgres.stop();
  await rm(folder, { recursive: true });
}
