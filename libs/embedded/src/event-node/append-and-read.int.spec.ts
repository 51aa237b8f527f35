import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import {
  append,
  collect,
  connect,
  events,
  ids,
  newStream,
} from '../../../../test/support/event-store-client.js';
import { startEventNode, type EventNode } from './start-event-node.js';

describe('the event node, through the official client', () => {
  let database: FreshDatabase;
  let node: EventNode;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    database = await freshDatabase();
    node = await startEventNode({ databaseUrl: database.url });
    client = connect(node.port);
  });

  afterAll(async () => {
    await client.dispose();
    await node.stop();
    await database.drop();
  });

  describe('append', () => {
    it('gives back an event as it was appended, with revision, position and time', async () => {
      const stream = newStream();
      const given = events(1);
      const before = Date.now();
      const { nextExpectedRevision, position } = await append(client, stream, given, 'no_stream');
      const [{ event } = {}] = await collect(client.readStream(stream));
      expect(nextExpectedRevision).toBe(0n);
      expect(event).toMatchObject({
        id: given[0]?.id,
        type: 'StepTaken',
        data: { number: 0 },
        metadata: { actor: 'system:test' },
        isJson: true,
        streamId: stream,
        revision: 0n,
        position,
      });
      expect(event?.created.getTime()).toBeGreaterThanOrEqual(before);
    });

    it('keeps binary data and binary metadata byte for byte', async () => {
      const stream = newStream();
      const data = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await append(client, stream, binaryEvent({ type: 'Scanned', data, metadata: data }));
      const [{ event } = {}] = await collect(client.readStream(stream));
      expect([...(event?.data as Uint8Array)]).toEqual([...data]);
      expect([...(event?.metadata as Uint8Array)]).toEqual([...data]);
    });

    it('keeps names outside ASCII and events of 3 MB', async () => {
      const stream = newStream('dossier-é-漢-🦉');
      const data = new Uint8Array(3 << 20).fill(7);
      await append(client, stream, binaryEvent({ type: 'Überwiesen 🦉', data }));
      const [{ event } = {}] = await collect(client.readStream(stream));
      expect(event).toMatchObject({ streamId: stream, type: 'Überwiesen 🦉' });
      expect(Buffer.compare(event?.data as Uint8Array, data)).toBe(0);
    });

    it('numbers the events of a stream without holes and gives positions that only grow', async () => {
      const stream = newStream();
      await append(client, stream, events(3));
      await append(client, stream, events(2), 2n);
      const read = await collect(client.readStream(stream));
      expect(read.map(({ event }) => event?.revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
      const positions = read.map(({ event }) => event?.position?.commit ?? 0n);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => Number(a - b)));
    });

    it.each([
      ['no stream, but there is one', 3, 'no_stream' as const, 2n],
      ['an earlier revision', 3, 1n, 2n],
      ['a later revision', 3, 7n, 2n],
      ['a revision, but there is no stream', 0, 0n, 'no_stream'],
      ['a stream, but there is none', 0, 'stream_exists' as const, 'no_stream'],
    ])('refuses and stores nothing when the writer expects %s', async (_, present, expected, actual) => {
      const stream = newStream();
      const given = events(present);
      if (present > 0) await append(client, stream, given);
      const refused = append(client, stream, events(1), expected);
      await expect(refused).rejects.toThrow(WrongExpectedVersionError);
      await expect(refused).rejects.toMatchObject({ actualVersion: actual, expectedVersion: expected });
      if (present > 0) expect(await ids(client.readStream(stream))).toEqual(given.map(({ id }) => id));
      else await expect(collect(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    });

    it('lets exactly one of many writers win on the same revision', async () => {
      const stream = newStream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => append(client, stream, events(1), 'no_stream')),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await collect(client.readStream(stream))).toHaveLength(1);
    });

    it('appends many events at once, all or none', async () => {
      const stream = newStream();
      const given = events(2_500);
      await expect(append(client, stream, given, 4n)).rejects.toThrow(WrongExpectedVersionError);
      await append(client, stream, given, 'no_stream');
      expect(await ids(client.readStream(stream))).toEqual(given.map(({ id }) => id));
    });

    it.each(['', 'with\0nul'])('refuses the stream name %j', async (stream) => {
      await expect(append(client, stream, events(1))).rejects.toMatchObject({ code: 3 });
    });
  });

  describe('append, once more with the same event ids', () => {
    it.each(['no_stream' as const, 'any' as const])(
      'stores nothing twice when expecting %s',
      async (expected) => {
        const stream = newStream();
        const given = events(3);
        const first = await append(client, stream, given, expected);
        await append(client, stream, events(2), 2n);
        const second = await append(client, stream, given, expected);
        expect(second).toEqual(first);
        expect(await collect(client.readStream(stream))).toHaveLength(5);
      },
    );

    it('stores nothing twice when both copies arrive together', async () => {
      const stream = newStream();
      const given = events(2);
      const results = await Promise.all([1, 2, 3, 4].map(() => append(client, stream, given, 'no_stream')));
      expect(new Set(results.map(({ nextExpectedRevision }) => nextExpectedRevision))).toEqual(new Set([1n]));
      expect(await collect(client.readStream(stream))).toHaveLength(2);
    });

    it('refuses a batch that was only partly there', async () => {
      const stream = newStream();
      const given = events(2);
      await append(client, stream, given, 'no_stream');
      await expect(append(client, stream, [...given, ...events(1)], 'no_stream')).rejects.toThrow(
        WrongExpectedVersionError,
      );
      await expect(append(client, stream, [...given].reverse(), 'no_stream')).rejects.toThrow(
        WrongExpectedVersionError,
      );
    });
  });

  describe('read a stream', () => {
    const stream = newStream();
    const given = events(700);
    const all = given.map(({ id }) => id);
    beforeAll(() => append(client, stream, given));

    it('forwards from a revision, which is included', async () => {
      expect(await ids(client.readStream(stream, { fromRevision: 650n }))).toEqual(all.slice(650));
    });

    it('backwards from the end, over several pages', async () => {
      const read = client.readStream(stream, { direction: BACKWARDS, fromRevision: END });
      expect(await ids(read)).toEqual([...all].reverse());
    });

    it('backwards from a revision, which is included', async () => {
      const read = client.readStream(stream, { direction: BACKWARDS, fromRevision: 2n });
      expect(await ids(read)).toEqual([all[2], all[1], all[0]]);
    });

    it.each([1, 100, 101, 650])('no more than %d events', async (maxCount) => {
      expect(await ids(client.readStream(stream, { maxCount }))).toEqual(all.slice(0, maxCount));
    });

    it('past its end: nothing', async () => {
      expect(await ids(client.readStream(stream, { fromRevision: 700n }))).toEqual([]);
      expect(await ids(client.readStream(stream, { fromRevision: 2n ** 64n - 1n }))).toEqual([]);
    });

    it('that does not exist: not found', async () => {
      await expect(collect(client.readStream(newStream()))).rejects.toThrow(StreamNotFoundError);
    });
  });

  describe('read $all', () => {
    const streams = [newStream('left'), newStream('right')];
    const given = events(40);
    const all = given.map(({ id }) => id);
    const mine = (read: (string | undefined)[]): (string | undefined)[] =>
      read.filter((id) => all.includes(id ?? ''));
    beforeAll(async () => {
      for (const [index, event] of given.entries()) await append(client, streams[index % 2] ?? '', event);
    });

    it('forwards gives every stream in the order of appending', async () => {
      expect(mine(await ids(client.readAll()))).toEqual(all);
    });

    it('backwards gives the same, reversed', async () => {
      expect(mine(await ids(client.readAll({ direction: BACKWARDS, fromPosition: END })))).toEqual(
        [...all].reverse(),
      );
    });

    it('includes the position it starts from going forwards and excludes it going backwards', async () => {
      const everything = await collect(client.readAll());
      const at = everything.findIndex(({ event }) => event?.id === all[20]);
      const fromPosition = everything[at]?.event?.position ?? START;
      expect(await ids(client.readAll({ fromPosition, maxCount: 2 }))).toEqual([all[20], all[21]]);
      expect(await ids(client.readAll({ fromPosition, maxCount: 2, direction: BACKWARDS }))).toEqual([
        all[19],
        all[18],
      ]);
    });

    it('from a position past the end gives nothing forwards and everything backwards', async () => {
      const fromPosition = { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n };
      expect(await ids(client.readAll({ fromPosition }))).toEqual([]);
      const read = client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 1 });
      expect(await ids(read)).toEqual(
        await ids(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })),
      );
    });

    it('holds system events of the node itself', async () => {
      const [first] = await collect(client.readAll({ maxCount: 1 }));
      expect(first?.event?.type).toBe('$NodeStarted');
    });
  });

  describe('with TLS and credentials', () => {
    const tlsFile = (name: string): string => join(import.meta.dirname, '../../../../test/support/tls', name);
    const tls = { cert: readFileSync(tlsFile('node.cert.pem')), key: readFileSync(tlsFile('node.key.pem')) };

    it('serves who knows them and refuses everyone else', async () => {
      const own = await freshDatabase();
      const given = { user: 'admin', password: 'changeit' };
      const guarded = await startEventNode({ databaseUrl: own.url, credentials: given, tls });
      const secure = (login: string): EventStoreDBClient =>
        EventStoreDBClient.connectionString(
          `esdb://${login}127.0.0.1:${guarded.port}?tls=true&tlsCAFile=${tlsFile('node.cert.pem')}`,
        );
      const [right, wrong, none] = [secure('admin:changeit@'), secure('admin:guess@'), secure('')];
      const stream = newStream();
      await append(right, stream, events(1));
      expect(await collect(right.readStream(stream))).toHaveLength(1);
      for (const intruder of [wrong, none])
        await expect(collect(intruder.readStream(stream))).rejects.toMatchObject({ type: 'access-denied' });
      const forged = { username: 'admin', password: 'guess' };
      await expect(right.appendToStream(stream, events(1), { credentials: forged })).rejects.toMatchObject({
        type: 'access-denied',
      });
      await Promise.all([right, wrong, none].map((each) => each.dispose()));
      await guarded.stop();
      await own.drop();
    });

    it('refuses credentials without TLS, for the client does not send them in plain text', async () => {
      const credentials = { user: 'admin', password: 'changeit' };
      await expect(startEventNode({ databaseUrl: database.url, credentials })).rejects.toThrow('need TLS');
    });
  });
});
