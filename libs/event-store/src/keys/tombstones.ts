import type pg from 'pg';
import type { EventStore } from '../port.js';
import { erasuresInLog, type LogMark } from './erasures-in-log.js';
import { TombstoneListMissing } from './key-subject.js';
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

/** What bringing list, log and key store together came to. */
export interface TombstonesApplied {
  /** Keys that the key store had again, or did not know, though list or log has them destroyed: destroyed, and noted there. */
  readonly applied: number;
  /** Tombstones that only the key store or the log had: noted on the list. */
  readonly listed: number;
  /** Lines of the list that a crash left unfinished. */
  readonly unfinished: number;
}

export interface ApplyOptions {
  /** The event log, whose word counts as well; only the list's when left out. */
  readonly log?: EventStore;
  /** Makes a list that is lost anew, of what else is known. What an older backup brings back beyond that stays. */
  readonly acceptLostList?: boolean;
}

/**
 * Destroys what list or log says is destroyed and a restored backup brought back, and completes the list.
 * @throws TombstoneListMissing when there is no list though there must have been one; EventStoreUnavailable
 */
export async function applyTombstones(
  pool: pg.Pool,
  list: TombstoneList,
  { log, acceptLostList = false }: ApplyOptions = {},
): Promise<TombstonesApplied> {
  // The list is read last: whatever the key store or the log says by now was on it before.
  const before = await pool.query<{ log_mark: LogMark | null }>(
    'SELECT log_mark FROM key_store.erasures_applied',
  );
  const { rows } = await pool.query<TombstoneRow>(
    'SELECT subject, key_id, destroyed_at FROM key_store.tombstone',
  );
  const logged = log && (await erasuresInLog(log, before.rows[0]?.log_mark ?? null));
  const told = logged?.tombstones ?? [];
  const listed = await list.read();
  if (listed === undefined) {
    const wasThere = before.rows.length + rows.length + told.length > 0;
    if (wasThere && !acceptLostList) throw new TombstoneListMissing(list.path);
    await list.begin();
  }
  const { tombstones, unfinished } = listed ?? { tombstones: [], unfinished: 0 };

  const inStore = rows.map(toTombstone);
  const missing = without(inStore, distinct([...tombstones, ...told]));
  for (const tombstone of missing) await inTransaction(pool, (client) => bury(client, tombstone));
  const unlisted = without(tombstones, distinct([...inStore, ...told]));
  await list.add(unlisted);
  await pool.query(
    `INSERT INTO key_store.erasures_applied AS a (log_mark) VALUES ($1)
     ON CONFLICT (single) DO UPDATE SET log_mark = coalesce(EXCLUDED.log_mark, a.log_mark)`,
    [logged?.mark ?? null],
  );
  return { applied: missing.length, listed: unlisted.length, unfinished };
}

async function bury(client: pg.ClientBase, { subject, keyId, destroyedAt }: Tombstone): Promise<void> {
  await client.query(subjectLock, [subject]);
  await client.query('DELETE FROM key_store.data_key WHERE subject = $1', [subject]);
  await client.query(
    `INSERT INTO key_store.tombstone (subject, key_id, destroyed_at) VALUES ($1, $2, $3)
     ON CONFLICT (subject) DO NOTHING`,
    [subject, keyId, destroyedAt],
  );
}

const distinct = (tombstones: readonly Tombstone[]): Tombstone[] => [
  ...new Map(tombstones.map((tombstone) => [tombstone.subject, tombstone])).values(),
];

function without(known: readonly Tombstone[], tombstones: readonly Tombstone[]): Tombstone[] {
  const subjects = new Set(known.map(({ subject }) => subject));
  return tombstones.filter(({ subject }) => !subjects.has(subject));
}
