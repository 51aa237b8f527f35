import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { withConnection } from './connection.js';

describe('work on a connection of its own', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  /** Ends a connection from another one, and waits until it is noticed. */
  const breakOff = async (client: pg.Client): Promise<void> => {
    const noticed = new Promise<void>((resolve) => client.once('end', () => resolve()));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await withConnection(database.url, async (other) => {
      await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    });
    await noticed;
  };

  it('is rejected with what broke the connection, when that breaks between two statements', async () => {
    const broken = withConnection(database.url, async (client) => {
      await breakOff(client);
      await client.query('SELECT 1');
    });

    await expect(broken).rejects.toMatchObject({
      message: 'the connection to the key store broke',
      cause: { code: '57P01' },
    });
  });

  it('passes on what it failed with itself', async () => {
    const failed = withConnection(database.url, () => Promise.reject(new RangeError('of its own')));

    await expect(failed).rejects.toThrow(new RangeError('of its own'));
  });
});
