import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { ConnectionBroken, inTransaction, withConnection } from './connection.js';

describe('work on a connection of its own', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const run = <Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> =>
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
