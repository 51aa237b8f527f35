import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { spawnEventNode, type SpawnedEventNode } from '../../../../test/support/event-node.js';
import { eventually } from '../../../../test/support/eventually.js';
import {
  anEvent,
  collectStored,
  deliveredIds,
  failureOf,
  follow,
  newCaseStream,
  someEvents,
} from '../../../../test/support/store-client.js';
import { startTcpProxy, type TcpProxy } from '../../../../test/support/tcp-proxy.js';
import { EventStoreUnavailable, type EventStore } from '../port.js';
import { connectEventStore } from './connect.js';
import { soonMs } from '../../../../test/support/soon.js';

let database: FreshDatabase;
let node: SpawnedEventNode;
let proxy: TcpProxy;
let store: EventStore;
const errors: unknown[] = [];

const startNode = (port?: number): Promise<SpawnedEventNode> =>
  spawnEventNode({ databaseUrl: database.url, ...(port !== undefined && { port }) });
const connect = (port: number): EventStore =>
  connectEventStore({
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    credentials: { username: 'spil', password: 'only-for-tests' },
    heartbeatMs: 200,
    onError: (error) => errors.push(error),
  });

beforeAll(async () => {
  database = await freshDatabase();
  node = await startNode();
  proxy = await startTcpProxy(node.port);
  store = connect(node.port);
});

afterAll(async () => {
  await store.close();
  await proxy.close();
  await node.stop();
  await database.drop();
  expect(errors).toEqual([]);
});

describe('a node that fails', () => {
  it('killed: every call says so within three seconds; restarted: calls and subscriptions go on without loss', async () => {
    const stream = newCaseStream();
    const after = await store.head();
    const sent = [anEvent(), anEvent(), anEvent()];
    const drops: unknown[] = [];
    const followed = follow(
      store,
      { after, eventTypes: ['CaseClosed'], onDrop: (cause) => drops.push(cause) },
      (items) => deliveredIds(items).length === sent.length,
    );
    await store.append(stream, sent.slice(0, 1), 'no_stream');
    await node.kill9();

    for (let round = 0; round < 3; round++) {
      for (const call of [
        () => store.append(stream, sent.slice(1), 0n),
        () => collectStored(store.readStream(stream)),
        () => collectStored(store.readAll()),
        () => collectStored(store.readAll({ eventTypes: ['CaseClosed'] })),
        () => store.head(),
      ]) {
        const { error, afterMs } = await failureOf(call);
        expect(error).toBeInstanceOf(EventStoreUnavailable);
        expect(afterMs).toBeLessThan(soonMs);
      }
    }

    node = await startNode(node.port);
    await store.append(stream, sent.slice(1), 0n);
    expect(deliveredIds(await followed)).toEqual(sent.map(({ eventId }) => eventId));
    expect(drops.length).toBeGreaterThan(0);
  });

  it('frozen: every call says so within three seconds; thawed: calls and subscriptions go on', async () => {
    const stream = newCaseStream();
    const after = await store.head();
    const event = anEvent();
    const followed = follow(store, { after, eventTypes: ['CaseClosed'] }, (items) =>
      deliveredIds(items).includes(event.eventId),
    );
    expect(await collectStored(store.readStream(stream))).toEqual([]);
    process.kill(node.pid, 'SIGSTOP');
    const [appending, reading, heading] = await Promise.all([
      failureOf(() => store.append(stream, [event], 'no_stream')),
      failureOf(() => collectStored(store.readStream(stream))),
      failureOf(() => store.head()),
    ]);
    process.kill(node.pid, 'SIGCONT');
    for (const { error, afterMs } of [appending, reading, heading]) {
      expect(error).toBeInstanceOf(EventStoreUnavailable);
      expect(afterMs).toBeLessThan(soonMs);
    }
    await store.append(stream, [event], 'no_stream');
    expect(await collectStored(store.readStream(stream))).toHaveLength(1);
    expect(deliveredIds(await followed)).toContain(event.eventId);
  });
});

/** Follows case closings through the proxy from now on; resolves once the subscription stands. */
async function followThroughProxy(through: EventStore, count: number) {
  const drops: string[] = [];
  let stands: () => void = () => undefined;
  const standing = new Promise<void>((resolve) => (stands = resolve));
  const options = {
    after: await through.head(),
    eventTypes: ['CaseClosed'],
    onDrop: (cause: unknown) => drops.push(String(cause)),
  };
  const soFar: string[] = [];
  const delivered = follow(through, options, (items) => {
    soFar.splice(0, soFar.length, ...deliveredIds(items));
    if (items.some(({ kind }) => kind === 'caughtUp')) stands();
    return soFar.length === count;
  }).then(deliveredIds);
  await standing;
  return { drops, delivered, soFar };
}

describe('a connection that fails', () => {
  it('falls silent: the subscription notices by the log, starts anew and misses nothing', async () => {
    const through = connect(proxy.port);
    const { drops, delivered } = await followThroughProxy(through, 2);
    proxy.silenceNewest();
    const sent = [anEvent(), anEvent()];
    await store.append(newCaseStream(), sent, 'no_stream');
    expect(await delivered).toEqual(sent.map(({ eventId }) => eventId));
    expect(drops).toEqual([expect.stringContaining('fell silent')]);
    await through.close();
  });

  it('is cut, again and again: every event is delivered once and in order', async () => {
    const through = connect(proxy.port);
    const sent = someEvents(30);
    const { drops, delivered, soFar } = await followThroughProxy(through, sent.length);
    for (const [index, event] of sent.entries()) {
      await store.append(newCaseStream(), [event], 'no_stream');
      if (index % 10 !== 5) continue;
      await eventually(() => expect(soFar).toHaveLength(index + 1));
      proxy.cutAll();
    }
    expect(await delivered).toEqual(sent.map(({ eventId }) => eventId));
    expect(drops.length).toBeGreaterThanOrEqual(3);
    await through.close();
  });
});

describe('a node that stops in good order', () => {
  it('ends subscriptions, which go on when it is back', async () => {
    const drops: unknown[] = [];
    const event = anEvent();
    const after = await store.head();
    const options = { after, eventTypes: ['CaseClosed'], onDrop: (cause: unknown) => drops.push(cause) };
    const followed = follow(store, options, (items) => deliveredIds(items).includes(event.eventId));
    await store.append(newCaseStream(), [anEvent()], 'no_stream');
    await node.stop();
    await eventually(() => expect(drops).not.toEqual([]));
    node = await startNode(node.port);
    await eventually(() => store.append(newCaseStream(), [event], 'no_stream'));
    expect(deliveredIds(await followed)).toHaveLength(2);
  });
});
