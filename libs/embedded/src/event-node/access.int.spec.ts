import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { append, collect, events, newStream } from '../../../../test/support/event-store-client.js';
import { useEventNode } from '../../../../test/support/node-under-test.js';
import { startEventNode } from './start-event-node.js';

const tlsFile = (name: string): string => join(import.meta.dirname, '../../../../test/support/tls', name);
const tls = { cert: readFileSync(tlsFile('node.cert.pem')), key: readFileSync(tlsFile('node.key.pem')) };

describe('with TLS and credentials, the event node', () => {
  const under = useEventNode({ tls, credentials: { user: 'admin', password: 'changeit' } });
  const clients: EventStoreDBClient[] = [];
  const secure = (login: string, scheme = 'esdb'): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(
      `${scheme}://${login}127.0.0.1:${under.node.port}?tls=true&tlsCAFile=${tlsFile('node.cert.pem')}`,
    );
    clients.push(client);
    return client;
  };

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });

  it('serves who knows them, on every path', async () => {
    const client = secure('admin:changeit@');
    const stream = newStream();

    await append(client, stream, events(1));
    await client.appendToStream(stream, events(1));

    expect(await collect(client.readStream(stream))).toHaveLength(2);
    for await (const { event } of client.subscribeToStream(stream)) if (event?.revision === 1n) break;
    await client.setStreamMetadata(stream, { maxCount: 1 });
    await client.deleteStream(stream);
    await client.tombstoneStream(stream);
  });

  it.each(['admin:guess@', 'other:changeit@', ''])(
    'refuses %j everything, and stores nothing',
    async (login) => {
      const intruder = secure(login);
      const stream = newStream();
      await append(secure('admin:changeit@'), stream, events(1));

      const attempts = [
        () => collect(intruder.readStream(stream)),
        () => collect(intruder.readAll()),
        () => intruder.appendToStream(stream, events(1)),
        () => intruder.deleteStream(stream),
        () => intruder.tombstoneStream(stream),
        () => intruder.setStreamMetadata(stream, { maxCount: 1 }),
        () => new Promise((_, refused) => intruder.subscribeToAll().once('error', refused)),
        () => new Promise((_, refused) => intruder.subscribeToStream(stream).once('error', refused)),
      ];

      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ type: 'access-denied' });
      expect(await collect(secure('admin:changeit@').readStream(stream))).toHaveLength(1);
    },
  );

  it('goes by the credentials of the call rather than those of the connection', async () => {
    const credentials = { username: 'admin', password: 'guess' };

    await expect(
      secure('admin:changeit@').appendToStream(newStream(), events(1), { credentials }),
    ).rejects.toMatchObject({ type: 'access-denied' });
  });

  it('is found by a client that discovers its node', async () => {
    const client = secure('admin:changeit@', 'esdb+discover');
    const stream = newStream();

    await append(client, stream, events(1));

    expect(await collect(client.readStream(stream))).toHaveLength(1);
  });
});

describe('without TLS, the event node', () => {
  const under = useEventNode();

  it('refuses credentials, for the client does not send them in plain text', async () => {
    const credentials = { user: 'admin', password: 'changeit' };

    await expect(startEventNode({ databaseUrl: under.databaseUrl, credentials })).rejects.toThrow('need TLS');
  });

  it.each(['esdb+discover://127.0.0.1:PORT', 'esdb://127.0.0.1:PORT,localhost:PORT'])(
    'is found under %s',
    async (address) => {
      const client = EventStoreDBClient.connectionString(
        `${address.replaceAll('PORT', String(under.node.port))}?tls=false&nodePreference=leader`,
      );
      const stream = newStream();

      await append(client, stream, events(1));

      expect(await collect(client.readStream(stream))).toHaveLength(1);
      await client.dispose();
    },
  );

  it.each([0, -1, (16 << 20) + 1, Number.NaN])(
    'refuses to be told that an append may hold %d bytes',
    async (bytes) => {
      await expect(startEventNode({ databaseUrl: under.databaseUrl, maxAppendBytes: bytes })).rejects.toThrow(
        'an append may hold',
      );
    },
  );
});
