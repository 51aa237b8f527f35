import type pg from 'pg';
import type { Tombstone, TombstoneList } from './tombstone-list.js';
import { inTransaction, subjectLock } from './transaction.js';

interface TombstoneRow {
  readonly subject: string;
  readonly key_id: string | null;
  readonly destroyed_at: Date;
}

const toTombstone = ({ subject, key_id, destroyed_at }: TombstoneRow): Tombstone => ({
  subject,
  keyId: key_id,
  destroyedAt: destroyed_at.toISOString(),
});

/** Destroys a subject's key within a transaction; the list has it before anybody is told. */
export async function entomb(
  client: pg.ClientBase,
  subject: string,
  list: TombstoneList | undefined,
): Promise<Tombstone> {
  await client.query(subjectLock, [subject]);
  const known = await client.query<TombstoneRow>(
    'SELECT subject, key_id, destroyed_at FROM key_store.tombstone WHERE subject = $1',
    [subject],
  );
  if (known.rows[0]) return toTombstone(known.rows[0]);
  const { rows } = await client.query<TombstoneRow>(
    `WITH destroyed AS (DELETE FROM key_store.data_key WHERE subject = $1 RETURNING key_id)
     INSERT INTO key_store.tombstone (subject, key_id) VALUES ($1, (SELECT key_id FROM destroyed))
     RETURNING subject, key_id, destroyed_at`,
    [subject],
  );
  if (!rows[0]) throw new Error('a tombstone was not written');
  const tombstone = toTombstone(rows[0]);
  await list?.add([tombstone]);
  return tombstone;
}

/** What bringing the list and the key store together came to. */
export interface TombstonesApplied {
  /** Keys of the list that the key store had again, or did not know: destroyed, and noted there. */
  readonly applied: number;
  /** Tombstones that only the key store had: noted on the list. */
  readonly listed: number;
  /** Lines of the list that a crash left unfinished. */
  readonly unfinished: number;
}

/** Destroys what the list says is destroyed and a restored backup brought back, and completes the list. */
export async function applyTombstones(pool: pg.Pool, list: TombstoneList): Promise<TombstonesApplied> {
  const { tombstones, unfinished } = await list.read();
  const { rows } = await pool.query<TombstoneRow>(
    'SELECT subject, key_id, destroyed_at FROM key_store.tombstone',
  );
  const inStore = new Set(rows.map(({ subject }) => subject));
  const onList = new Set(tombstones.map(({ subject }) => subject));
  const missing = tombstones.filter(({ subject }) => !inStore.has(subject));
  for (const { subject, keyId, destroyedAt } of missing)
    await inTransaction(pool, async (client) => {
      await client.query(subjectLock, [subject]);
      await client.query('DELETE FROM key_store.data_key WHERE subject = $1', [subject]);
      await client.query(
        `INSERT INTO key_store.tombstone (subject, key_id, destroyed_at) VALUES ($1, $2, $3)
         ON CONFLICT (subject) DO NOTHING`,
        [subject, keyId, destroyedAt],
      );
    });
  const unlisted = rows.filter(({ subject }) => !onList.has(subject)).map(toTombstone);
  await list.add(unlisted);
  return { applied: missing.length, listed: unlisted.length, unfinished };
}
