import { ConnectionBroken } from '@spil/postgres';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { withProofs } from './proofs.js';

describe('work on the proofs', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const run = <Result>(work: (db: pg.Client) => Promise<Result>): Promise<Result> =>
    withProofs(
      {
        name: 'test',
        eventStore: { url: 'esdb://127.0.0.1:1', user: 'admin', password: 'changeit' },
        readUrl: database.url,
        ownerUrl: undefined,
        keysUrl: undefined,
        auditUrl: database.url,
      },
      work,
    );

  /** Ends a connection from another one, and waits until it is noticed. */
  const breakOff = async (db: pg.Client): Promise<void> => {
    const noticed = new Promise<void>((resolve) => db.once('end', () => resolve()));
    const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await run((other) => other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]));
    await noticed;
  };

  it('cannot change them', async () => {
    await expect(run((db) => db.query('CREATE TABLE changed (n int)'))).rejects.toMatchObject({
      code: '25006',
    });
  });

  it('is rejected when the connection breaks in the middle', async () => {
    const broken = run(async (db) => {
      await breakOff(db);
      await db.query('SELECT 1');
    });

    await expect(broken).rejects.toThrow(ConnectionBroken);
  });

  it('passes on what it failed with itself also when the connection breaks', async () => {
    const failed = run(async (db) => {
      await breakOff(db);
      throw new RangeError('of its own');
    });

    await expect(failed).rejects.toThrow(new RangeError('of its own'));
  });
});
