// Cuts the connections of a subscription and of a writer again and again, and looks at what is left behind: sockets, timers,
// listeners, memory. `npm run build && node test/faults/reconnects.mjs [--rounds 1000] [--seed N]`.
import { randomUUID } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ensureDatabase, spawnEventNode, startPostgres } from '../../dist/libs/embedded/src/index.js';
import { connectEventStore, EventStoreUnavailable } from '../../dist/libs/event-store/src/index.js';
import { percentiles, randomFrom } from './support.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const ROUNDS = Number(values.rounds ?? 1_000);
const SEED = Number(values.seed ?? Date.now() % 1_000_000);
/** Reconnects before the first look: caches fill, code is compiled. */
const WARM_UP = Math.min(100, Math.ceil(ROUNDS / 4));
const KILOBYTES_PER_ROUND = 4;
const random = randomFrom(SEED);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** A TCP proxy whose connections can be cut. */
async function startProxy(target) {
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      open.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        open.delete(end);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const cut = () => open.forEach((end) => end.destroy());
  return { port: server.address().port, open, cut, server };
}

const until = async (what, holds) => {
  for (const deadline = Date.now() + 60_000; !holds(); await pause(10))
    if (Date.now() > deadline) throw new Error(`waited a minute in vain: ${what}`);
};

const folder = await mkdtemp(join(tmpdir(), 'spil-faults-'));
await chmod(folder, 0o711);
const postgres = await startPostgres({ dir: join(folder, 'postgres'), superuserPassword: 'faults' });
await ensureDatabase(postgres.url('postgres'), 'events');
const node = await spawnEventNode({ databaseUrl: postgres.url('events') });
const proxy = await startProxy(node.port);
console.log(`seed ${SEED}: ${ROUNDS} x all connections cut under a subscription and a writer`);

const errors = [];
const store = connectEventStore({
  connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false`,
  credentials: { username: 'spil', password: 'only-for-tests' },
  onError: (error) => errors.push(error),
});
const controller = new AbortController();
const sent = [];
const delivered = [];
let drops = 0;
const following = (async () => {
  for await (const item of store.subscribeAll({
    after: undefined,
    eventTypes: ['CaseClosed'],
    signal: controller.signal,
    onDrop: () => (drops += 1),
  }))
    if (item.kind === 'event') delivered.push(item.event.eventId);
})();

/** Appends an event until it is acknowledged, as a caller does who does not know what came of it. */
let unanswered = 0;
async function append() {
  const event = { eventId: randomUUID(), type: 'CaseClosed', data: '{}', metadata: '{}' };
  for (;;) {
    try {
      await store.append(`case-${event.eventId}`, [event], 'no_stream');
      sent.push(event.eventId);
      return;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      unanswered += 1;
    }
  }
}

async function measure() {
  await until('everything delivered', () => delivered.length >= sent.length);
  // What was closed lingers for some seconds: connections on their way out, gRPC's look for unused ones every ten seconds.
  await pause(15_000);
  collectGarbage();
  const resources = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  return {
    heap: process.memoryUsage().heapUsed,
    sockets: proxy.open.size / 2,
    timers: resources.Timeout ?? 0,
    listeners:
      getEventListeners(controller.signal, 'abort').length +
      process.eventNames().reduce((count, name) => count + process.listenerCount(name), 0),
  };
}

const recoveries = [];
async function rounds(count) {
  for (let round = 0; round < count; round++) {
    const appending = random() < 0.5 ? append() : undefined;
    await pause(random() * 20);
    const cutAt = performance.now();
    const before = drops;
    proxy.cut();
    await appending;
    await append();
    await until(
      'the subscription dropped and came back',
      () => drops > before && delivered.length >= sent.length,
    );
    recoveries.push(performance.now() - cutAt);
    if ((round + 1) % 100 === 0) console.log(`  ${round + 1}/${count}`);
  }
}

try {
  await append();
  await until('the subscription stands', () => delivered.length > 0);
  await rounds(WARM_UP);
  const before = await measure();
  await rounds(ROUNDS);
  const after = await measure();
  const growth = (after.heap - before.heap) / 1024 / ROUNDS;
  const { p50, p99 } = percentiles(recoveries);
  const lost = sent.filter((id) => !delivered.includes(id)).length;
  const doubled = delivered.length - new Set(delivered).size;
  console.log(`faults: ${recoveries.length} x connections cut; the subscription dropped ${drops} times`);
  console.log(`acknowledged ${sent.length} appends, unanswered and sent again ${unanswered}`);
  console.log(`delivered ${delivered.length} events: lost ${lost}, doubled ${doubled}`);
  console.log(
    `left behind by ${ROUNDS} reconnects: ${after.sockets - before.sockets} sockets, ${after.timers - before.timers} timers, ` +
      `${after.listeners - before.listeners} listeners, ${growth.toFixed(2)} kB of heap each`,
  );
  console.log(`recovery p50 ${p50} ms, p99 ${p99} ms`);
  const clean =
    after.sockets <= before.sockets && after.timers <= before.timers && after.listeners <= before.listeners;
  const sound = clean && growth < KILOBYTES_PER_ROUND && lost + doubled + errors.length === 0;
  for (const error of errors.slice(0, 5)) console.log(String(error));
  console.log(sound ? 'nothing lost, nothing left behind' : 'FAILED');
  process.exitCode = sound ? 0 : 1;
} finally {
  controller.abort();
  await following;
  await store.close();
  proxy.cut();
  proxy.server.close();
  await node.stop();
  await postgres.stop();
  await rm(folder, { recursive: true });
}
