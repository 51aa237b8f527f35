import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { freePort, spawnEventNode, type SpawnedEventNode } from '../../../../test/support/event-node.js';
import { eventually } from '../../../../test/support/eventually.js';
import {
  anEvent,
  collectStored,
  deliveredIds,
  follow,
  newCaseStream,
  someEvents,
} from '../../../../test/support/store-client.js';
import { connectEventStore } from './connect.js';

describe('a node that is found by asking who leads', () => {
  let database: FreshDatabase;
  let node: SpawnedEventNode;

  beforeAll(async () => {
    database = await freshDatabase();
    node = await spawnEventNode({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  it.each([
    [
      'one of several names, of which another is dead',
      'esdb://127.0.0.1:1,127.0.0.1:PORT?tls=false&gossipTimeout=1',
    ],
    ['a name to discover it by', 'esdb+discover://127.0.0.1:PORT?tls=false&nodePreference=leader'],
    [
      'that name as KurrentDB writes it',
      'kurrentdb+discover://127.0.0.1:PORT/?tls=false&nodePreference=follower',
    ],
  ])('takes appends and gives them back: %s', async (_what, connectionString) => {
    const store = connectEventStore({
      connectionString: connectionString.replace('PORT', String(node.port)),
      credentials: { username: 'spil', password: 'only-for-tests' },
    });
    const stream = newCaseStream();
    const event = anEvent();
    expect((await store.append(stream, [event], 'no_stream')).revision).toBe(0n);
    expect(await collectStored(store.readStream(stream))).toMatchObject([{ eventId: event.eventId }]);
    await store.close();
  });

  it('and that another one on another port takes over from: appends and a subscription go on there', async () => {
    const port = await freePort();
    const store = connectEventStore({
      connectionString: `esdb://127.0.0.1:${node.port},127.0.0.1:${port}?tls=false`,
      credentials: { username: 'spil', password: 'only-for-tests' },
      heartbeatMs: 200,
    });
    const stream = newCaseStream();
    const sent = someEvents(3);
    const after = await store.head();
    const followed = follow(
      store,
      { after, eventTypes: ['CaseClosed'] },
      (items) => deliveredIds(items).length === sent.length,
    );
    await store.append(stream, sent.slice(0, 1), 'no_stream');
    let waits: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (waits = resolve));
    const successor = spawnEventNode({ databaseUrl: database.url, port, onLog: waits });
    await Promise.race([waiting, successor]);
    await node.stop();

    await eventually(() => store.append(stream, sent.slice(1, 2), 0n));
    node = await successor;
    await store.append(stream, sent.slice(2), 1n);

    expect(deliveredIds(await followed)).toEqual(sent.map(({ eventId }) => eventId));
    await store.close();
  });
});
