import type pg from 'pg';
import { boundTo, type KeyEncryption } from './key-encryption.js';

/** How many data keys each key-encryption key wraps, by its id. */
export async function keyUse(pool: pg.Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ kek_id: string; count: string }>(
    'SELECT kek_id, count(*) FROM key_store.data_key GROUP BY kek_id ORDER BY kek_id',
  );
  return new Map(rows.map(({ kek_id, count }) => [kek_id, Number(count)]));
}

interface WrappedRow {
  readonly key_id: string;
  readonly subject: string;
  readonly kek_id: string;
  readonly wrapped: Buffer;
}

const keysPerBatch = 500;

/**
 * Wraps every data key with the active key-encryption key; the data keys stay as they are, and no event is touched. Beside a
 * running service, from any point on, and twice: a key that changed or was destroyed meanwhile is left alone.
 * @param onProgress told how many are done, of how many there were to do
 * @returns how many were wrapped anew
 */
export async function rewrapKeys(
  pool: pg.Pool,
  encryption: KeyEncryption,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  const active = await encryption.activeKekId();
  const { rows: counted } = await pool.query<{ count: string }>(
    'SELECT count(*) FROM key_store.data_key WHERE kek_id <> $1',
    [active],
  );
  const total = Number(counted[0]?.count);
  let done = 0;
  let rewrapped = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  onProgress(0, total);
  for (;;) {
    const { rows } = await pool.query<WrappedRow>(
      `SELECT key_id, subject, kek_id, wrapped FROM key_store.data_key
       WHERE kek_id <> $1 AND key_id > $2 ORDER BY key_id LIMIT ${keysPerBatch}`,
      [active, after],
    );
    for (const row of rows) rewrapped += await rewrap(pool, encryption, row);
    done += rows.length;
    onProgress(Math.min(done, total), total);
    after = rows.at(-1)?.key_id ?? after;
    if (rows.length < keysPerBatch) return rewrapped;
  }
}

async function rewrap(pool: pg.Pool, encryption: KeyEncryption, row: WrappedRow): Promise<number> {
  const place = boundTo(row.key_id, row.subject);
  const key = await encryption.unwrap({ kekId: row.kek_id, wrapped: row.wrapped }, place);
  const { kekId, wrapped } = await encryption.wrap(key, place);
  const { rowCount } = await pool.query(
    'UPDATE key_store.data_key SET kek_id = $3, wrapped = $4 WHERE key_id = $1 AND kek_id = $2',
    [row.key_id, row.kek_id, kekId, wrapped],
  );
  return rowCount ?? 0;
}
