import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { spawnEventNode, type SpawnedEventNode } from '../../../../test/support/event-node.js';
import {
  EventStoreUnavailable,
  WrongExpectedRevision,
  type EventStore,
  type EventToAppend,
  type StoredEvent,
  type SubscriptionItem,
} from '../port.js';
import { connectEventStore } from './connect.js';

let database: FreshDatabase;
let node: SpawnedEventNode;
let store: EventStore;
const errors: unknown[] = [];

const connect = (heartbeatMs = 200): EventStore =>
  connectEventStore({
    connectionString: `esdb://127.0.0.1:${node.port}?tls=false`,
    credentials: { username: 'spil', password: 'only-for-tests' },
    heartbeatMs,
    onError: (error) => errors.push(error),
  });
const startNode = (port?: number): Promise<SpawnedEventNode> =>
  spawnEventNode({ databaseUrl: database.url, ...(port !== undefined && { port }) });

beforeAll(async () => {
  database = await freshDatabase();
  node = await startNode();
  store = connect();
});

afterAll(async () => {
  await store.close();
  await node.stop();
  await database.drop();
  expect(errors).toEqual([]);
});

const newStream = (): string => `case-${randomUUID()}`;
const anEvent = (type = 'CaseClosed', data = '{"a":1,"b":"é"}'): EventToAppend => ({
  eventId: randomUUID(),
  type,
  data,
  metadata: '{"commandId":"c","schemaVersion":1}',
});
const collect = async (events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> => {
  const collected: StoredEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
};
const fails = async (work: () => Promise<unknown>): Promise<{ error: unknown; afterMs: number }> => {
  const started = performance.now();
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, afterMs: performance.now() - started };
};

describe('append and read', () => {
  it('gives back what was appended', async () => {
    const stream = newStream();
    const event = anEvent();
    const appended = await store.append(stream, [event], 'no_stream');
    expect(appended.revision).toBe(0n);
    const [read] = await collect(store.readStream(stream));
    expect(read).toMatchObject({
      stream,
      revision: 0n,
      position: appended.position,
      eventId: event.eventId,
      type: 'CaseClosed',
      data: { a: 1, b: 'é' },
      metadata: { commandId: 'c', schemaVersion: 1 },
    });
    expect(read?.storedAt).toBeInstanceOf(Date);
  });

  it('yields nothing for a stream that does not exist', async () => {
    expect(await collect(store.readStream(newStream()))).toEqual([]);
  });

  it('refuses an append on another revision and says which it is', async () => {
    const stream = newStream();
    await store.append(stream, [anEvent(), anEvent()], 'no_stream');
    for (const expected of ['no_stream', 0n] as const) {
      const { error } = await fails(() => store.append(stream, [anEvent()], expected));
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ stream, actual: 1n });
    }
    const { error } = await fails(() => store.append(newStream(), [anEvent()], 3n));
    expect(error).toMatchObject({ name: 'WrongExpectedRevision', actual: 'no_stream' });
  });

  it('refuses data whose bytes would change on the wire', async () => {
    const event = anEvent('CaseClosed', '{"10":1,"9":2}');
    await expect(store.append(newStream(), [event], 'no_stream')).rejects.toThrow('would change on the wire');
  });

  it('reads a part of a stream, in both directions', async () => {
    const stream = newStream();
    await store.append(stream, [anEvent(), anEvent(), anEvent()], 'no_stream');
    const revisions = async (options: Parameters<EventStore['readStream']>[1]): Promise<bigint[]> =>
      (await collect(store.readStream(stream, options))).map(({ revision }) => revision);
    expect(await revisions({ from: 1n })).toEqual([1n, 2n]);
    expect(await revisions({ maxCount: 2 })).toEqual([0n, 1n]);
    expect(await revisions({ direction: 'backwards', maxCount: 2 })).toEqual([2n, 1n]);
    expect(await revisions({ from: 3n })).toEqual([]);
  });

  it('lets a reader stop half-way, again and again', async () => {
    const stream = newStream();
    await store.append(stream, Array.from({ length: 200 }, () => anEvent()), 'no_stream'); // prettier-ignore
    for (let round = 0; round < 20; round++) {
      for await (const { revision } of store.readStream(stream)) if (revision === 3n) break;
    }
    expect(await collect(store.readStream(stream))).toHaveLength(200);
  });

  it('reads the log strictly after a position, without the store’s own events', async () => {
    const before = await store.head();
    const stream = newStream();
    const { position } = await store.append(stream, [anEvent(), anEvent(), anEvent()], 'no_stream');
    const after = before && { after: before };
    expect((await collect(store.readAll(after))).map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
    expect(await collect(store.readAll({ ...after, maxCount: 2 }))).toHaveLength(2);
    expect(await collect(store.readAll({ after: position }))).toEqual([]);
    const backwards = await collect(store.readAll({ after: position, direction: 'backwards', maxCount: 1 }));
    expect(backwards.map(({ revision }) => revision)).toEqual([1n]);
    expect((await collect(store.readAll())).filter(({ type }) => type.startsWith('$'))).toEqual([]);
    expect(await store.head()).toEqual(position);
  });
});

/** Takes items until `enough`, then ends the subscription. */
async function follow(
  from: EventStore,
  options: Omit<Parameters<EventStore['subscribeAll']>[0], 'signal'>,
  enough: (items: SubscriptionItem[]) => boolean,
): Promise<SubscriptionItem[]> {
  const items: SubscriptionItem[] = [];
  for await (const item of from.subscribeAll({ ...options, signal: AbortSignal.timeout(30_000) })) {
    items.push(item);
    if (enough(items)) return items;
  }
  throw new Error(`the subscription ended after ${items.length} items`);
}
const eventIds = (items: SubscriptionItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'event' ? [item.event.eventId] : []));

describe('subscription', () => {
  it('delivers the wanted types in order, then says that it caught up', async () => {
    const after = await store.head();
    const wanted = Array.from({ length: 1_200 }, (_, i) => anEvent(i % 2 ? 'CaseReferred' : 'CaseClosed'));
    const mixed = wanted.flatMap((event) => [event, anEvent('CaseReferredOtherwise')]);
    await store.append(newStream(), mixed, 'no_stream');
    const items = await follow(store, { after, eventTypes: ['CaseClosed', 'CaseReferred'] }, (all) =>
      all.some(({ kind }) => kind === 'caughtUp'),
    );
    expect(eventIds(items)).toEqual(wanted.map(({ eventId }) => eventId));
    const positions = items.flatMap((item) =>
      item.kind === 'event'
        ? [item.event.position.commit]
        : item.kind === 'checkpoint'
          ? [item.position.commit]
          : [],
    );
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('moves on past events that it does not want, also a handful', async () => {
    const after = await store.head();
    const { position } = await store.append(newStream(), [anEvent('CaseClosed')], 'no_stream');
    const items = await follow(store, { after, eventTypes: ['FlagWithdrawn'] }, (all) =>
      all.some((item) => item.kind === 'checkpoint' && item.position.commit === position.commit),
    );
    expect(eventIds(items)).toEqual([]);
  });

  it('ends at once when the caller aborts or the connection closes', async () => {
    const other = connect();
    const controller = new AbortController();
    const options = { after: await other.head(), eventTypes: ['FlagWithdrawn'] };
    const drain = async (signal: AbortSignal): Promise<string> => {
      for await (const { kind } of other.subscribeAll({ ...options, signal }))
        if (kind === 'event') return kind;
      return 'ended';
    };
    const aborted = drain(controller.signal);
    const closed = drain(new AbortController().signal);
    controller.abort();
    await expect(aborted).resolves.toBe('ended');
    await other.close();
    await expect(closed).resolves.toBe('ended');
    await expect(other.head()).rejects.toThrow(EventStoreUnavailable);
  });
});

describe('a node that fails', () => {
  it('killed: every call says so within three seconds; restarted: calls and subscriptions go on without loss', async () => {
    const stream = newStream();
    const after = await store.head();
    const sent = [anEvent(), anEvent(), anEvent()];
    const drops: unknown[] = [];
    const followed = follow(
      store,
      { after, eventTypes: ['CaseClosed'], onDrop: (cause) => drops.push(cause) },
      (items) => eventIds(items).length === sent.length,
    );
    await store.append(stream, sent.slice(0, 1), 'no_stream');
    await node.kill9();

    for (let round = 0; round < 3; round++) {
      for (const call of [
        () => store.append(stream, sent.slice(1), 0n),
        () => collect(store.readStream(stream)),
        () => collect(store.readAll()),
        () => store.head(),
      ]) {
        const { error, afterMs } = await fails(call);
        expect(error).toBeInstanceOf(EventStoreUnavailable);
        expect(afterMs).toBeLessThan(3_000);
      }
    }

    node = await startNode(node.port);
    await store.append(stream, sent.slice(1), 0n);
    expect(eventIds(await followed)).toEqual(sent.map(({ eventId }) => eventId));
    expect(drops.length).toBeGreaterThan(0);
  });

  it('frozen: every call says so within three seconds; thawed: calls and subscriptions go on', async () => {
    const stream = newStream();
    const after = await store.head();
    const event = anEvent();
    const followed = follow(store, { after, eventTypes: ['CaseClosed'] }, (items) =>
      eventIds(items).includes(event.eventId),
    );
    expect(await collect(store.readStream(stream))).toEqual([]);
    process.kill(node.pid, 'SIGSTOP');
    const [appending, reading, heading] = await Promise.all([
      fails(() => store.append(stream, [event], 'no_stream')),
      fails(() => collect(store.readStream(stream))),
      fails(() => store.head()),
    ]);
    process.kill(node.pid, 'SIGCONT');
    for (const { error, afterMs } of [appending, reading, heading]) {
      expect(error).toBeInstanceOf(EventStoreUnavailable);
      expect(afterMs).toBeLessThan(3_000);
    }
    await store.append(stream, [event], 'no_stream');
    expect(await collect(store.readStream(stream))).toHaveLength(1);
    expect(eventIds(await followed)).toContain(event.eventId);
  });
});
