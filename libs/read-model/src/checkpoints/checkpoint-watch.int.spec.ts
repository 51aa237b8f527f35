import pg from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { watchCheckpoints } from './checkpoint-watch.js';

describe('a watch over checkpoints', () => {
  let database: FreshDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await freshDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  it('leaves no connection open while the database is not migrated yet', async () => {
    const refusals: unknown[] = [];
    const watch = watchCheckpoints(database.url, { onError: (cause) => refusals.push(cause) });
    try {
      await eventually(() => expect(refusals.length).toBeGreaterThan(3));
    } finally {
      await watch.close();
    }

    expect(refusals).toMatchObject(refusals.map(() => ({ code: '42P01' })));
    await eventually(async () => {
      const { rows } = await admin.query(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      expect(rows).toEqual([]);
    });
  });

  it('can be closed while the database does not answer', async () => {
    await admin.query(`CREATE SCHEMA read; CREATE TABLE read.checkpoint
      (projection text, commit_position bigint, prepare_position bigint)`);
    await admin.query('BEGIN; LOCK TABLE read.checkpoint IN ACCESS EXCLUSIVE MODE');
    const watch = watchCheckpoints(database.url);
    await eventually(async () => {
      const { rows } = await admin.query('SELECT 1 FROM pg_locks WHERE NOT granted');
      expect(rows).toHaveLength(1);
    });

    await watch.close();

    const { rows } = await admin.query(
      `SELECT 1 FROM pg_locks WHERE relation = 'read.checkpoint'::regclass AND mode = 'AccessExclusiveLock' AND granted`,
    );
    expect(rows).toHaveLength(1);
    await admin.query('ROLLBACK');
  }, 8_000);
});
