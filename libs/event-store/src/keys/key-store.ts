import { randomBytes, randomUUID } from 'node:crypto';
import { types } from 'node:util';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { withDeadline } from '../deadline.js';
import type { KeyRing } from './key-ring.js';
import {
  DataKeyErased,
  KeyStoreUnavailable,
  subjectName,
  type DataKey,
  type DataKeys,
  type KeySubject,
} from './key-subject.js';

/** What became of a data key: `undefined` when the store never had it. */
export type FoundKey = Buffer | 'ERASED' | undefined;

interface DataKeyRow {
  key_id: string;
  subject: string;
  kek_id: string;
  wrapped: Buffer;
}

interface TombstoneRow {
  key_id: string;
  wrapped: null;
}

const lock = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`;
const columns = 'key_id, subject, kek_id, wrapped';

/** A pool for the key store whose waits all end within the key store's deadline. `onError` hears of idle connections that break. */
export function openKeyStorePool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 2_000,
    query_timeout: 2_400,
  });
  pool.on('error', onError);
  return pool;
}

/** Data keys by subject, wrapped at rest, in a database of their own. Unwrapped keys stay at most 30 seconds in this process. */
export class KeyStore implements DataKeys {
  readonly #cacheOptions = { max: 10_000, ttl: 30_000, ttlAutopurge: true } as const;
  readonly #bySubject = new LRUCache<string, DataKey>(this.#cacheOptions);
  readonly #byId = new LRUCache<string, DataKey>(this.#cacheOptions);

  constructor(
    private readonly pool: pg.Pool,
    private readonly ring: KeyRing,
    private readonly deadlineMs = 2_500,
  ) {}

  async keyFor(subject: KeySubject): Promise<DataKey> {
    const name = subjectName(subject);
    return (
      this.#bySubject.get(name) ??
      this.#withinDeadline('give a key', async () => (await this.#find(name)) ?? this.#make(name))
    );
  }

  /** The keys with these ids; in one query for those that are not at hand. @throws KeyStoreUnavailable */
  async keysById(ids: readonly string[]): Promise<Map<string, FoundKey>> {
    const found = new Map<string, FoundKey>(ids.map((id) => [id, this.#byId.get(id)?.key]));
    const missing = [...found].filter(([, key]) => key === undefined).map(([id]) => id);
    if (missing.length === 0) return found;
    return this.#withinDeadline('find keys', async () => {
      const { rows } = await this.pool.query<DataKeyRow | TombstoneRow>(
        `SELECT ${columns} FROM key_store.data_key WHERE key_id::text = ANY($1)
         UNION ALL
         SELECT key_id, subject, NULL, NULL FROM key_store.tombstone WHERE key_id::text = ANY($1)`,
        [missing],
      );
      for (const row of rows) found.set(row.key_id, row.wrapped === null ? 'ERASED' : this.#unwrap(row).key);
      return found;
    });
  }

  /**
   * Destroys the subject's key for ever and leaves a tombstone, also when there was no key yet. Repeating it changes nothing.
   * Other processes may hold the key for 30 seconds more. @throws KeyStoreUnavailable
   */
  async destroyKey(subject: KeySubject): Promise<void> {
    const name = subjectName(subject);
    const destroyed = await this.#withinDeadline('destroy a key', () =>
      this.#transaction(async (client) => {
        await client.query(lock, [name]);
        const { rows } = await client.query<{ key_id: string }>(
          'DELETE FROM key_store.data_key WHERE subject = $1 RETURNING key_id',
          [name],
        );
        await client.query(
          'INSERT INTO key_store.tombstone (subject, key_id) VALUES ($1, $2) ON CONFLICT (subject) DO NOTHING',
          [name, rows[0]?.key_id ?? null],
        );
        return rows[0]?.key_id;
      }),
    );
    this.#bySubject.delete(name);
    if (destroyed !== undefined) this.#byId.delete(destroyed);
  }

  async #find(name: string): Promise<DataKey | undefined> {
    const { rows } = await this.pool.query<DataKeyRow>(
      `SELECT ${columns} FROM key_store.data_key WHERE subject = $1`,
      [name],
    );
    return rows[0] && this.#unwrap(rows[0]);
  }

  /** The lock keeps a key from being made while its subject is being erased; the unique subject decides between two makers. */
  async #make(name: string): Promise<DataKey> {
    const keyId = randomUUID();
    const { kekId, wrapped } = this.ring.wrap(randomBytes(32), boundTo(keyId, name));
    const row = await this.#transaction(async (client) => {
      await client.query(lock, [name]);
      await client.query(
        `INSERT INTO key_store.data_key (${columns}) SELECT $1, $2, $3, $4
         WHERE NOT EXISTS (SELECT 1 FROM key_store.tombstone WHERE subject = $2)
         ON CONFLICT (subject) DO NOTHING`,
        [keyId, name, kekId, wrapped],
      );
      const { rows } = await client.query<DataKeyRow>(
        `SELECT ${columns} FROM key_store.data_key WHERE subject = $1`,
        [name],
      );
      return rows[0];
    });
    if (!row) throw new DataKeyErased();
    return this.#unwrap(row);
  }

  #unwrap(row: DataKeyRow): DataKey {
    const key = this.ring.unwrap(
      { kekId: row.kek_id, wrapped: row.wrapped },
      boundTo(row.key_id, row.subject),
    );
    const dataKey = { keyId: row.key_id, key };
    this.#bySubject.set(row.subject, dataKey);
    this.#byId.set(row.key_id, dataKey);
    return dataKey;
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    // The pool listens to idle connections only; an error that nobody listens for ends the process. The query tells it, too.
    const broken = (): void => undefined;
    client.on('error', broken);
    let finished = false;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      finished = true;
      return result;
    } finally {
      // A connection whose transaction did not finish is closed: its state is unknown.
      client.release(!finished);
      // One that is closed may still break on its way out.
      if (finished) client.off('error', broken);
    }
  }

  async #withinDeadline<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(work(), this.deadlineMs, () => new KeyStoreUnavailable(operation));
    } catch (error) {
      throw isUnavailability(error) ? new KeyStoreUnavailable(operation, { cause: error }) : error;
    }
  }
}

const boundTo = (keyId: string, subject: string): string => JSON.stringify([keyId, subject]);

/** Connection faults have no SQLSTATE of five characters; classes 08, 53, 57 and 58 are the server's own troubles. */
function isUnavailability(error: unknown): boolean {
  if (error instanceof DataKeyErased || error instanceof KeyStoreUnavailable || !types.isNativeError(error))
    return false;
  if (error instanceof pg.DatabaseError) return /^(08|53|57|58)/.test(error.code ?? '');
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string'
    ? /^E[A-Z]+$/.test(code)
    : /timeout|terminated|Connection|connection/.test(error.message);
}
