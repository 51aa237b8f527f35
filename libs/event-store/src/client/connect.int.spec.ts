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
import { EventStoreUnavailable, WrongExpectedRevision, type EventStore } from '../port.js';
import { connectEventStore } from './connect.js';

let database: FreshDatabase;
let node: SpawnedEventNode;
let store: EventStore;
const errors: unknown[] = [];

const connect = (): EventStore =>
  connectEventStore({
    connectionString: node.connectionString,
    credentials: { username: 'spil', password: 'only-for-tests' },
    heartbeatMs: 200,
    onError: (error) => errors.push(error),
  });
beforeAll(async () => {
  database = await freshDatabase();
  node = await spawnEventNode({ databaseUrl: database.url });
  store = connect();
});

afterAll(async () => {
  await store.close();
  await node.stop();
  await database.drop();
  expect(errors).toEqual([]);
});

describe('append and read', () => {
  it('gives back what was appended', async () => {
    const stream = newCaseStream();
    const event = anEvent();
    const appended = await store.append(stream, [event], 'no_stream');
    expect(appended.revision).toBe(0n);
    const [read] = await collectStored(store.readStream(stream));
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
    expect(await collectStored(store.readStream(newCaseStream()))).toEqual([]);
  });

  it('refuses an append on another revision and says which it is', async () => {
    const stream = newCaseStream();
    await store.append(stream, [anEvent(), anEvent()], 'no_stream');
    for (const expected of ['no_stream', 0n] as const) {
      const { error } = await failureOf(() => store.append(stream, [anEvent()], expected));
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ stream, actual: 1n });
    }
    const { error } = await failureOf(() => store.append(newCaseStream(), [anEvent()], 3n));
    expect(error).toMatchObject({ name: 'WrongExpectedRevision', actual: 'no_stream' });
  });

  it('refuses data whose bytes would change on the wire', async () => {
    const event = anEvent('CaseClosed', '{"10":1,"9":2}');
    await expect(store.append(newCaseStream(), [event], 'no_stream')).rejects.toThrow(
      'would change on the wire',
    );
  });

  it('reads a part of a stream, in both directions', async () => {
    const stream = newCaseStream();
    await store.append(stream, [anEvent(), anEvent(), anEvent()], 'no_stream');
    const revisions = async (options: Parameters<EventStore['readStream']>[1]): Promise<bigint[]> =>
      (await collectStored(store.readStream(stream, options))).map(({ revision }) => revision);
    expect(await revisions({ from: 1n })).toEqual([1n, 2n]);
    expect(await revisions({ maxCount: 2 })).toEqual([0n, 1n]);
    expect(await revisions({ direction: 'backwards', maxCount: 2 })).toEqual([2n, 1n]);
    expect(await revisions({ from: 3n })).toEqual([]);
  });

  it('lets a reader stop half-way, again and again', async () => {
    const stream = newCaseStream();
    await store.append(stream, someEvents(200), 'no_stream');
    for (let round = 0; round < 20; round++) {
      for await (const { revision } of store.readStream(stream)) if (revision === 3n) break;
    }
    expect(await collectStored(store.readStream(stream))).toHaveLength(200);
  });

  it('reads the log strictly after a position, without the store’s own events', async () => {
    const before = await store.head();
    const stream = newCaseStream();
    const { position } = await store.append(stream, [anEvent(), anEvent(), anEvent()], 'no_stream');
    const after = before && { after: before };
    expect((await collectStored(store.readAll(after))).map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
    expect(await collectStored(store.readAll({ ...after, maxCount: 2 }))).toHaveLength(2);
    expect(await collectStored(store.readAll({ after: position }))).toEqual([]);
    const backwards = await collectStored(
      store.readAll({ after: position, direction: 'backwards', maxCount: 1 }),
    );
    expect(backwards.map(({ revision }) => revision)).toEqual([1n]);
    expect((await collectStored(store.readAll())).filter(({ type }) => type.startsWith('$'))).toEqual([]);
    expect(await store.head()).toEqual(position);
  });

  it('reads the events of some types to the log’s end, and no more', async () => {
    const before = await store.head();
    const after = before && { after: before };
    const types = ['CaseClosed', 'CaseClosedAndMore', 'CaseReopened'] as const;
    const given = types.map((type) => anEvent(type));
    await store.append(newCaseStream(), given, 'no_stream');
    const typesRead = async (...eventTypes: string[]): Promise<string[]> =>
      (await collectStored(store.readAll({ ...after, eventTypes }))).map(({ type }) => type);

    expect(await typesRead('CaseReopened', 'CaseClosed')).toEqual(['CaseClosed', 'CaseReopened']);
    expect(await typesRead('NeverWritten')).toEqual([]);
    expect(await typesRead()).toEqual([]);
  });
});

describe('subscription', () => {
  it('delivers the wanted types in order, then says that it caught up', async () => {
    const after = await store.head();
    const wanted = Array.from({ length: 1_200 }, (_, i) => anEvent(i % 2 ? 'CaseReferred' : 'CaseClosed'));
    const mixed = wanted.flatMap((event) => [event, anEvent('CaseReferredOtherwise')]);
    await store.append(newCaseStream(), mixed, 'no_stream');
    const items = await follow(store, { after, eventTypes: ['CaseClosed', 'CaseReferred'] }, (all) =>
      all.some(({ kind }) => kind === 'caughtUp'),
    );
    expect(deliveredIds(items)).toEqual(wanted.map(({ eventId }) => eventId));
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
    const { position } = await store.append(newCaseStream(), [anEvent('CaseClosed')], 'no_stream');
    const items = await follow(store, { after, eventTypes: ['FlagWithdrawn'] }, (all) =>
      all.some((item) => item.kind === 'checkpoint' && item.position.commit === position.commit),
    );
    expect(deliveredIds(items)).toEqual([]);
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

describe('closing', () => {
  const openHandles = (): string[] =>
    process
      .getActiveResourcesInfo()
      .filter((kind) => ['TCPSocketWrap', 'Timeout'].includes(kind))
      .sort();

  it('leaves no connection and no timer behind, also after reads and subscriptions that stopped half-way', async () => {
    const before = openHandles();
    const other = connect();
    const stream = newCaseStream();
    const after = await other.head();
    await other.append(stream, someEvents(50), 'no_stream');
    for await (const { revision } of other.readStream(stream)) if (revision === 1n) break;
    await follow(other, { after, eventTypes: ['CaseClosed'] }, (items) => deliveredIds(items).length === 3);
    await other.close();
    await eventually(() => expect(openHandles()).toEqual(before));
  });
});
