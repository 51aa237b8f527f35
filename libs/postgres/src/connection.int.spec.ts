import { EventEmitter, once } from 'node:events';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { startFreezableProxy } from '../../../test/support/freezable-proxy.js';
import { inTransaction, withConnection } from './connection.js';
import { ConnectionBroken, DatabaseSilent } from './faults.js';
import { openRequestPool } from './pool.js';

describe('work on a connection of its own', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const run = <Result>(work: (client: pg.Client, broken: AbortSignal) => Promise<Result>): Promise<Result> =>
    withConnection({ connectionString: database.url, application_name: 'spil-test' }, work);

  /** Ends a connection from another one, and waits until it is noticed. */
  const breakOff = async (client: pg.Client): Promise<void> => {
    const noticed = new Promise<void>((resolve) => client.once('end', () => resolve()));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await run((other) => other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]));
    await noticed;
  };

  it('is rejected with what broke the connection, when that breaks between two statements', async () => {
    const broken = run(async (client) => {
      await breakOff(client);
      await client.query('SELECT 1');
    });

    await expect(broken).rejects.toThrow(ConnectionBroken);
    await expect(broken).rejects.toMatchObject({
      message: 'the database connection broke during spil-test',
      cause: { code: '57P01' },
    });
  });

  it('is rejected also in a transaction, whose end cannot be told any more', async () => {
    const broken = run((client) => inTransaction(client, () => breakOff(client)));

    await expect(broken).rejects.toThrow(ConnectionBroken);
  });

  it('hears of it by its signal, also when it asks the database nothing', async () => {
    let heard: unknown;
    await run(async (client, broken) => {
      broken.addEventListener('abort', () => {
        heard = broken.reason;
      });
      await breakOff(client);
    });

    expect(heard).toMatchObject({ code: '57P01' });
  });

  it('is over, and its socket closed, although the database hangs and says no goodbye', async () => {
    const proxy = await startFreezableProxy(Number(new URL(database.url).port));
    try {
      const through = new URL(database.url);
      through.host = `127.0.0.1:${proxy.port}`;
      const work = withConnection(
        { connectionString: through.href, application_name: 'spil-test' },
        async (client) => {
          await client.query('SELECT 1');
          proxy.freeze();
          return { closed: new Promise<void>((resolve) => client.once('end', () => resolve())) };
        },
      );

      const { closed } = await work;
      // Told only once the socket is closed: one that is left open keeps a process from ending.
      await closed;
    } finally {
      await proxy.close();
    }
  });

  it('is rejected when the connection breaks during a statement', async () => {
    const broken = run((client) => client.query('SELECT pg_terminate_backend(pg_backend_pid())'));

    await expect(broken).rejects.toThrow(/terminat|broke/);
  });

  it('passes on what it failed with itself, after a rollback', async () => {
    const failed = run(async (client) => {
      await client.query('CREATE TABLE kept (n int)');
      await inTransaction(client, async () => {
        await client.query('INSERT INTO kept VALUES (1)');
        throw new RangeError('of its own');
      });
    });

    await expect(failed).rejects.toThrow(new RangeError('of its own'));
    const { rows } = await run((client) => client.query('SELECT * FROM kept'));
    expect(rows).toEqual([]);
  });

  it('passes on what it failed with itself also when the connection breaks after that', async () => {
    const failed = run((client) =>
      inTransaction(client, async () => {
        await breakOff(client);
        throw new RangeError('of its own');
      }),
    );

    await expect(failed).rejects.toThrow(new RangeError('of its own'));
  });

  it('passes on what the database refused also when the connection breaks after that', async () => {
    const failed = run(async (client) => {
      try {
        await client.query('SELECT 1 / 0');
      } finally {
        await breakOff(client);
      }
    });

    await expect(failed).rejects.toMatchObject({ code: '22012' });
  });

  it('is rejected with what broke the connection when what it failed with comes of that', async () => {
    const broken = run(async (client, signal) => {
      await breakOff(client);
      // Ends by the signal alone.
      await once(new EventEmitter(), 'never', { signal });
    });

    await expect(broken).rejects.toThrow(ConnectionBroken);
  });

  it('says what to look at when the database takes the connection and never answers', async () => {
    const proxy = await startFreezableProxy(Number(new URL(database.url).port));
    proxy.freeze();
    try {
      const through = new URL(database.url);
      through.host = `127.0.0.1:${proxy.port}`;
      const work = withConnection(
        { connectionString: through.href, application_name: 'spil-test', connectionTimeoutMillis: 200 },
        () => Promise.resolve(),
      );

      await expect(work).rejects.toThrow(DatabaseSilent);
      await expect(work).rejects.toThrow(/within 0\.2 s: look whether it runs/);
    } finally {
      await proxy.close();
    }
  });

  it('is refused with what the server says when it cannot connect', async () => {
    const nowhere = new URL(database.url);
    nowhere.pathname = '/no_such_database';

    await expect(
      withConnection({ connectionString: nowhere.href, application_name: 'spil-test' }, () =>
        Promise.resolve(),
      ),
    ).rejects.toMatchObject({ code: '3D000' });
  });
});

describe('a pool for requests', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('tells of an idle connection that breaks, and goes on with another', async () => {
    let told = (_: Error): void => undefined;
    const broke = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const pool = openRequestPool(database.url, (error) => told(error));
    try {
      const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await withConnection({ connectionString: database.url, application_name: 'spil-test' }, (other) =>
        other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]),
      );

      expect(await broke).toMatchObject({ code: '57P01' });
      expect((await pool.query('SELECT 1')).rowCount).toBe(1);
    } finally {
      await pool.end();
    }
  });

  it('ends a statement that takes longer than a request may wait', async () => {
    const pool = openRequestPool(database.url, () => undefined);
    try {
      await expect(pool.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    } finally {
      await pool.end();
    }
  });
});
