import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError, type EventData } from '@eventstore/db-client';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import {
  append,
  collect,
  connect,
  events,
  ids,
  newStream,
} from '../../../../test/support/event-store-client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freePort } from '../free-port.js';
import { ensureDatabase } from '../postgres/admin.js';
import { startPostgres } from '../postgres/start-postgres.js';
import { spawnEventNode, type SpawnedEventNode } from './spawn-event-node.js';
import { startEventNode } from './start-event-node.js';
import { soonMs } from '../../../../test/support/soon.js';

const executable = join(import.meta.dirname, '../../../../dist/libs/embedded/src/event-node/main.js');

describe('the event node in a process of its own', () => {
  let database: FreshDatabase;
  const nodes: SpawnedEventNode[] = [];
  const spawnNode = async (port = 0): Promise<SpawnedEventNode> => {
    const node = await spawnEventNode({ databaseUrl: database.url, port });
    nodes.push(node);
    return node;
  };

  beforeEach(async () => {
    database = await freshDatabase();
  });

  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.stop();
    await database.drop();
  });

  it('still knows after a restart what it stored, and what it has already been given', async () => {
    const first = await spawnNode();
    const stream = newStream();
    const given = events(3);
    const before = connect(first.port);
    const appended = await append(before, stream, given, 'no_stream');
    await before.dispose();

    await first.stop();
    const second = await spawnNode();
    const client = connect(second.port);

    expect(await append(client, stream, given, 'no_stream')).toEqual(appended);
    expect(await append(client, stream, given, 'any')).toEqual(appended);
    expect(await ids(client.readStream(stream))).toEqual(given.map(({ id }) => id));
    const { position } = await append(client, newStream(), events(1));
    expect(position?.commit).toBeGreaterThan(appended.position?.commit ?? 0n);
    await client.dispose();
  });

  it('loses nothing it acknowledged and doubles nothing when it is killed under concurrent writers', async () => {
    const port = await freePort();
    const streams = Array.from({ length: 16 }, () => newStream());
    const acknowledged = new Map<string, EventData[]>(streams.map((stream) => [stream, []]));
    const total = (): number => [...acknowledged.values()].reduce((sum, list) => sum + list.length, 0);
    let writing = true;
    let running = await spawnNode(port);
    /** One writer per stream, who repeats an append of unknown outcome with the same ids until it is answered. */
    const write = async (stream: string): Promise<void> => {
      const mine = acknowledged.get(stream) ?? [];
      let client = connect(port);
      for (let revision = -1n; writing; revision += 2n) {
        const batch = events(2);
        await eventually(async () => {
          try {
            const answer = await client.appendToStream(stream, batch, {
              expectedRevision: revision < 0n ? 'no_stream' : revision,
              credentials: { username: 'admin', password: 'changeit' },
              deadline: 2_000,
            });
            expect(answer.nextExpectedRevision).toBe(revision + 2n);
          } catch (error) {
            await client.dispose();
            client = connect(port);
            throw error;
          }
        });
        mine.push(...batch);
      }
      await client.dispose();
    };
    const writers = streams.map(write);
    for (let kill = 1; kill <= 3; kill++) {
      const enough = total() + 200;
      await eventually(() => expect(total()).toBeGreaterThan(enough));
      await running.kill9();
      running = await spawnNode(port);
    }
    writing = false;
    await Promise.all(writers);

    const client = connect(port);
    for (const [stream, given] of acknowledged)
      expect(await ids(client.readStream(stream))).toEqual(given.map(({ id }) => id));
    const inLog = (await collect(client.readAll())).filter(({ event }) =>
      event?.streamId.startsWith('case-'),
    );
    expect(inLog).toHaveLength(total());
    await client.dispose();
  });

  it('takes over from one that was killed, but never writes beside one that lives', async () => {
    const first = await spawnNode();

    await expect(spawnNode()).rejects.toThrow('another event node is using this database');

    await first.kill9();
    const second = await spawnNode();
    const client = connect(second.port);
    await append(client, newStream(), events(1), 'no_stream');
    await client.dispose();
  });

  it('ends open subscriptions and itself on SIGTERM', async () => {
    const node = await spawnNode();
    const client = connect(node.port);
    const subscription = client.subscribeToAll();
    const ended = new Promise<Error>((resolve) => subscription.once('error', resolve));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));

    await node.stop();

    expect(await ended).toMatchObject({ type: 'cancelled' });
    await client.dispose();
  });

  it('ends when the process that started it is killed', async () => {
    const program = `const { spawnEventNode } = await import(${JSON.stringify(join(executable, '../../index.js'))});
      const node = await spawnEventNode({ databaseUrl: process.env.DATABASE_URL });
      console.log(node.pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (line) => resolve(Number(line))),
    );
    expect(process.kill(pid, 0)).toBe(true);

    parent.kill('SIGKILL');

    await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  });
});

describe('the event node without its table', () => {
  it('answers reads that it failed, and tells the operator what failed in a line each', async () => {
    const database = await freshDatabase();
    const lines: string[] = [];
    const node = await startEventNode({ databaseUrl: database.url, onLog: (line) => lines.push(line) });
    const client = connect(node.port);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query('ALTER TABLE event RENAME TO elsewhere');

    await expect(collect(client.readStream(newStream()))).rejects.toThrow('the event node failed');

    expect(lines).toEqual([
      'event node failed to serve a call: database error 42P01: relation "event" does not exist',
    ]);
    await admin.end();
    await client.dispose();
    await node.stop();
    await database.drop();
  });
});

describe('the event node without its database', () => {
  /** How long a caller waited for the refusal, in ms. */
  async function refusedWithin(work: Promise<unknown>): Promise<number> {
    const start = performance.now();
    await expect(work).rejects.toThrow(UnavailableError);
    return performance.now() - start;
  }

  it('says so within three seconds and goes on by itself when the database is back', async () => {
    const dir = join(await mkdtemp(join(tmpdir(), 'spil-outage-')), 'postgres');
    const cluster = { dir, port: await freePort(), superuserPassword: 'only-for-tests', fast: true };
    const postgres = await startPostgres(cluster);
    await ensureDatabase(postgres.url('postgres'), 'events');
    const node = await startEventNode({ databaseUrl: postgres.url('events') });
    const client = connect(node.port);
    const stream = newStream();
    const first = events(1);
    await append(client, stream, first, 'no_stream');
    const heard: (string | undefined)[] = [];
    client.subscribeToStream(stream).on('data', ({ event }) => heard.push(event?.id));
    await eventually(() => expect(heard).toHaveLength(1));

    await postgres.stop();
    const second = events(1);
    expect(await refusedWithin(append(client, stream, second, 0n))).toBeLessThan(soonMs);
    expect(await refusedWithin(collect(client.readStream(newStream())))).toBeLessThan(soonMs);

    const again = await startPostgres(cluster);
    await eventually(() => append(client, stream, second, 0n));
    expect(await ids(client.readStream(stream))).toEqual([first[0]?.id, second[0]?.id]);
    await eventually(() => expect(heard).toEqual([first[0]?.id, second[0]?.id]));
    await client.dispose();
    await node.stop();
    await again.stop();
    await rm(join(dir, '..'), { recursive: true });
  });

  it('says so when another node has got its database meanwhile, and goes on once that one is gone', async () => {
    const database = await freshDatabase();
    const lines: string[] = [];
    const node = await startEventNode({ databaseUrl: database.url, onLog: (line) => lines.push(line) });
    const client = connect(node.port);
    const [other, admin] = [database.url, database.url].map(
      (connectionString) => new pg.Client({ connectionString }),
    ) as [pg.Client, pg.Client];
    await Promise.all([other.connect(), admin.connect()]);
    const locks = `pg_locks JOIN pg_database ON pg_database.oid = database
      WHERE locktype = 'advisory' AND datname = current_database()`;

    const taken = other.query(`SELECT pg_advisory_lock(hashtext('spil.event-node'))`);
    await eventually(async () =>
      expect((await admin.query(`SELECT 1 FROM ${locks} AND NOT granted`)).rows).toHaveLength(1),
    );
    await admin.query(`SELECT pg_terminate_backend(pid) FROM ${locks} AND granted`);
    await taken;

    await eventually(() =>
      expect(lines).toContain('event node stores nothing: another one uses its database now'),
    );
    await expect(append(client, newStream(), events(1))).rejects.toThrow(UnavailableError);
    await other.end();
    await eventually(() => append(client, newStream(), events(1)));
    expect(lines.at(-1)).toBe('event node has its database back');
    await admin.end();
    await client.dispose();
    await node.stop();
    await database.drop();
  });

  it('says so within three seconds when the database hangs, and stores what hung exactly once', async () => {
    const database = await freshDatabase();
    const node = await startEventNode({ databaseUrl: database.url });
    const client = connect(node.port);
    const stream = newStream();
    await append(client, stream, events(1), 'no_stream');
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    const { rows } = await admin.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    const backends = rows.map(({ pid }) => pid);

    for (const pid of backends) process.kill(pid, 'SIGSTOP');

    const hung = events(1);
    expect(await refusedWithin(append(client, stream, hung, 0n))).toBeLessThan(soonMs);
    expect(await refusedWithin(append(client, stream, hung, 0n))).toBeLessThan(soonMs);

    for (const pid of backends) process.kill(pid, 'SIGCONT');

    const { nextExpectedRevision } = await eventually(() => append(client, stream, hung, 0n));
    expect(nextExpectedRevision).toBe(1n);
    expect(await collect(client.readStream(stream))).toHaveLength(2);
    await admin.end();
    await client.dispose();
    await node.stop();
    await database.drop();
  });
});
