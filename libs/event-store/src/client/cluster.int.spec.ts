import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { spawnEventNode, type SpawnedEventNode } from '../../../../test/support/event-node.js';
import { anEvent, collectStored, newCaseStream } from '../../../../test/support/store-client.js';
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
});
