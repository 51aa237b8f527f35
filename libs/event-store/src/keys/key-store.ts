import { randomBytes, randomUUID } from 'node:crypto';
import { types } from 'node:util';
import { isDatabaseAway } from '@spil/postgres';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { withDeadline } from '../deadline.js';
import { EventStoreUnavailable, type EventStore } from '../port.js';
import { boundTo, type KeyEncryption } from './key-encryption.js';
import {
  DataKeyErased,
  KeyStoreUnavailable,
  subjectName,
  subjectNamed,
  type DataKey,
  type DataKeys,
  type KeySubject,
} from './key-subject.js';
import { applyTombstones, entomb } from './tombstones.js';
import { inTransaction, subjectLock } from './transaction.js';
import type { Tombstone, TombstoneList } from './tombstone-list.js';

/** A data key and whose data it protects. */
export interface SubjectKey extends DataKey {
  readonly subject: KeySubject;
}

/** What became of a data key: `undefined` when the store never had it. */
export type FoundKey = SubjectKey | 'ERASED' | undefined;

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

const columns = 'key_id, subject, kek_id, wrapped';

export interface KeyStoreOptions {
  /** Milliseconds after which the key store counts as unavailable; default 2500. */
  readonly deadlineMs?: number;
  /** Where destroyed keys are also noted, outside all backups. */
  readonly tombstones?: TombstoneList;
  /** The event log, which tells of erasures as well; asked when there is a list. */
  readonly log?: EventStore;
}

/** Data keys by subject, wrapped at rest, in a database of their own. Unwrapped keys stay at most 30 seconds in this process. */
export class KeyStore implements DataKeys {
  readonly #cacheOptions = { max: 10_000, ttl: 30_000, ttlAutopurge: true } as const;
  readonly #bySubject = new LRUCache<string, SubjectKey>(this.#cacheOptions);
  readonly #byId = new LRUCache<string, SubjectKey>(this.#cacheOptions);

  readonly #deadlineMs: number;
  readonly #list: TombstoneList | undefined;
  readonly #log: EventStore | undefined;
  #listApplied: Promise<void> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly encryption: KeyEncryption,
    options: KeyStoreOptions = {},
  ) {
    this.#deadlineMs = options.deadlineMs ?? 2_500;
    this.#list = options.tombstones;
    this.#log = options.log;
  }

  /**
   * Brings key store, list of tombstones and log together, once per process and before anything else is asked of the keys: what a
   * restored backup brought back is destroyed again. @throws KeyStoreUnavailable; TombstoneListMissing, which is one
   */
  ready(): Promise<void> {
    const list = this.#list;
    if (list === undefined) return Promise.resolve();
    this.#listApplied ??= applyTombstones(this.pool, list, this.#log && { log: this.#log }).then(
      () => undefined,
      (error: unknown) => {
        this.#listApplied = undefined;
        throw isUnavailability(error) ? new KeyStoreUnavailable('apply tombstones', { cause: error }) : error;
      },
    );
    return this.#listApplied;
  }

  async keyFor(subject: KeySubject): Promise<DataKey> {
    const name = subjectName(subject);
    return (
      this.#bySubject.get(name) ??
      this.#withinDeadline('give a key', async () => (await this.#find(name)) ?? (await this.#make(name)))
    );
  }

  /** The keys with these ids; in one query for those that are not at hand. @throws KeyStoreUnavailable */
  async keysById(ids: readonly string[]): Promise<Map<string, FoundKey>> {
    const found = new Map<string, FoundKey>(ids.map((id) => [id, this.#byId.get(id)]));
    const missing = [...found].filter(([, key]) => key === undefined).map(([id]) => id);
    if (missing.length === 0) return found;
    return this.#withinDeadline('find keys', async () => {
      const { rows } = await this.pool.query<DataKeyRow | TombstoneRow>(
        `SELECT ${columns} FROM key_store.data_key WHERE key_id::text = ANY($1)
         UNION ALL
         SELECT key_id, subject, NULL, NULL FROM key_store.tombstone WHERE key_id::text = ANY($1)`,
        [missing],
      );
      for (const row of rows)
        found.set(row.key_id, row.wrapped === null ? 'ERASED' : await this.#unwrap(row));
      return found;
    });
  }

  /**
   * Destroys the subject's key for ever and leaves a tombstone, here and on the list outside all backups, also when there was no
   * key yet. Repeating it changes nothing. Other processes may hold the key for 30 seconds more. @throws KeyStoreUnavailable
   */
  async destroyKey(subject: KeySubject): Promise<Tombstone> {
    const name = subjectName(subject);
    const tombstone = await this.#withinDeadline('destroy a key', () =>
      inTransaction(this.pool, (client) => entomb(client, name, this.#list)),
    );
    this.#bySubject.delete(name);
    if (tombstone.keyId !== null) this.#byId.delete(tombstone.keyId);
    return tombstone;
  }

  /** The cases in which a key protects data of this client: every organisation's, or one's. @throws KeyStoreUnavailable */
  async casesOf(clientId: string, organisationId?: string): Promise<string[]> {
    return this.#withinDeadline('find cases', async () => {
      const { rows } = await this.pool.query<{ case_id: string }>(
        `SELECT DISTINCT subject::jsonb->>2 AS case_id FROM key_store.data_key
         WHERE subject::jsonb->>1 = $1 AND subject::jsonb->>0 = 'CASE' AND ($2::text IS NULL OR subject::jsonb->>3 = $2)
         ORDER BY 1`,
        [clientId, organisationId ?? null],
      );
      return rows.map((row) => row.case_id);
    });
  }

  /** The cases in which a key of one organisation protects data of this client, or did until it was destroyed. @throws KeyStoreUnavailable */
  async casesEverOf(clientId: string, organisationId: string): Promise<string[]> {
    return this.#withinDeadline('find cases', async () => {
      const theirs = `subject::jsonb->>1 = $1 AND subject::jsonb->>0 = 'CASE' AND subject::jsonb->>3 = $2`;
      const { rows } = await this.pool.query<{ case_id: string }>(
        `SELECT subject::jsonb->>2 AS case_id FROM key_store.data_key WHERE ${theirs}
         UNION SELECT subject::jsonb->>2 FROM key_store.tombstone WHERE ${theirs} ORDER BY 1`,
        [clientId, organisationId],
      );
      return rows.map((row) => row.case_id);
    });
  }

  async #find(name: string): Promise<SubjectKey | undefined> {
    const { rows } = await this.pool.query<DataKeyRow>(
      `SELECT ${columns} FROM key_store.data_key WHERE subject = $1`,
      [name],
    );
    return rows[0] && (await this.#unwrap(rows[0]));
  }

  /** The lock keeps a key from being made while its subject is being erased; the unique subject decides between two makers. */
  async #make(name: string): Promise<SubjectKey> {
    const keyId = randomUUID();
    const { kekId, wrapped } = await this.encryption.wrap(randomBytes(32), boundTo(keyId, name));
    const row = await inTransaction(this.pool, async (client) => {
      await client.query(subjectLock, [name]);
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

  async #unwrap(row: DataKeyRow): Promise<SubjectKey> {
    const key = await this.encryption.unwrap(
      { kekId: row.kek_id, wrapped: row.wrapped },
      boundTo(row.key_id, row.subject),
    );
    const dataKey = { keyId: row.key_id, key, subject: subjectNamed(row.subject) };
    this.#bySubject.set(row.subject, dataKey);
    this.#byId.set(row.key_id, dataKey);
    return dataKey;
  }

  async #withinDeadline<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(
        this.ready().then(work),
        this.#deadlineMs,
        () => new KeyStoreUnavailable(operation),
      );
    } catch (error) {
      throw isUnavailability(error) ? new KeyStoreUnavailable(operation, { cause: error }) : error;
    }
  }
}

/**
 * Broader than the database: the key ring and the list of tombstones are files. While one cannot be opened or its disk is full (EACCES,
 * EMFILE, ENOSPC), or the log cannot tell what was erased, keys are not to be had either.
 */
const isUnavailability = (error: unknown): boolean =>
  error instanceof EventStoreUnavailable ||
  isDatabaseAway(error) ||
  (types.isNativeError(error) && 'code' in error && /^E[A-Z]+$/.test(String(error.code)));
