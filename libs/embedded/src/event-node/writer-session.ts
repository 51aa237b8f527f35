import pg from 'pg';
import { closeWithin, COLUMN_COUNT, COLUMNS, DATABASE_TIMEOUT_MS, SCHEMA, type Row } from './event-table.js';
import { NO_REVISION, TOMBSTONE_REVISION, type StoredEvent } from './records.js';

/** Rows per statement: a statement takes at most 65,535 parameters. */
const INSERT_ROWS = 1_000;

/**
 * The writing side: the one connection that may append. It holds the database's advisory lock, so a commit through
 * it proves that no other node writes; with the connection goes the lock.
 */
export class WriterSession {
  readonly #client: pg.Client;
  #lost: Error | undefined;
  #onLost: ((error: Error) => void) | undefined;
  /** Position of the last event when the session began. */
  tail = 0n;
  /** The newest metadata of each stream that has any, and all tombstones, when the session began. */
  retentionEvents: Pick<StoredEvent, 'stream' | 'revision' | 'data'>[] = [];

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', (error) => {
      this.#lost = error;
      this.#onLost?.(error);
    });
  }

  /**
   * Connects, becomes the only writer and makes the table unless it is there.
   * @returns undefined when another node is the writer
   */
  static async open(databaseUrl: string): Promise<WriterSession | undefined> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: DATABASE_TIMEOUT_MS,
      query_timeout: DATABASE_TIMEOUT_MS,
      statement_timeout: DATABASE_TIMEOUT_MS,
      keepAlive: true,
    });
    const session = new WriterSession(client);
    try {
      await client.connect();
      const lock = await client.query<{ mine: boolean }>(
        "SELECT pg_try_advisory_lock(hashtext('spil.event-node')) AS mine",
      );
      if (!lock.rows[0]?.mine) {
        await session.close();
        return undefined;
      }
      await client.query(SCHEMA);
      const last = await client.query<{ tail: string }>('SELECT coalesce(max(pos), 0) AS tail FROM event');
      session.tail = BigInt(last.rows[0]?.tail ?? 0);
      session.retentionEvents = await session.#loadRetentionEvents();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Has `listener` called when the connection ends by itself, also when it already has. */
  onLost(listener: (error: Error) => void): void {
    this.#onLost = listener;
    if (this.#lost) listener(this.#lost);
  }

  /** Ends the connection; a statement under way fails. A database that hangs is not waited for. */
  async close(): Promise<void> {
    await closeWithin(this.#client.end());
  }

  /** Last revision of each stream that has one. */
  async lastRevisions(streams: string[]): Promise<Map<string, bigint>> {
    const { rows } = await this.#client.query<{ stream: string; rev: string }>({
      name: 'last-revisions',
      text: `SELECT wanted.stream, last.rev FROM unnest($1::text[]) AS wanted(stream) CROSS JOIN LATERAL
             (SELECT rev FROM event WHERE event.stream = wanted.stream ORDER BY rev DESC LIMIT 1) AS last`,
      values: [streams],
    });
    return new Map(rows.map((row) => [row.stream, BigInt(row.rev)]));
  }

  /** Id and revision of the last `count` events of each stream, in their order. */
  async recentIds(
    streams: string[],
    count: number,
  ): Promise<Pick<StoredEvent, 'stream' | 'revision' | 'id'>[]> {
    const { rows } = await this.#client.query<Pick<Row, 'stream' | 'rev' | 'id'>>({
      name: 'recent-ids',
      text: `SELECT wanted.stream, last.rev, last.id FROM unnest($1::text[]) AS wanted(stream) CROSS JOIN LATERAL
             (SELECT rev, id FROM event WHERE event.stream = wanted.stream ORDER BY rev DESC LIMIT $2) AS last
             ORDER BY last.rev`,
      values: [streams, count],
    });
    return rows.map(({ stream, rev, id }) => ({ stream, revision: BigInt(rev), id }));
  }

  /** Revision and data of the last event of a stream; `NO_REVISION` and nothing when there is none. */
  async lastOf(stream: string): Promise<Pick<StoredEvent, 'revision' | 'data'>> {
    const { rows } = await this.#client.query<Pick<Row, 'rev' | 'data'>>(
      'SELECT rev, data FROM event WHERE stream = $1 ORDER BY rev DESC LIMIT 1',
      [stream],
    );
    const [row] = rows;
    return row
      ? { revision: BigInt(row.rev), data: row.data }
      : { revision: NO_REVISION, data: Buffer.alloc(0) };
  }

  /** Revision, position and id of the events of a stream from a revision on, at most `count`. */
  async idsFrom(
    stream: string,
    from: bigint,
    count: number,
  ): Promise<Pick<StoredEvent, 'revision' | 'position' | 'id'>[]> {
    const { rows } = await this.#client.query<Pick<Row, 'rev' | 'pos' | 'id'>>({
      name: 'ids-from',
      text: 'SELECT rev, pos, id FROM event WHERE stream = $1 AND rev >= $2 ORDER BY rev LIMIT $3',
      values: [stream, from, count],
    });
    return rows.map((row) => ({ revision: BigInt(row.rev), position: BigInt(row.pos), id: row.id }));
  }

  /**
   * Commits the events, all or none.
   * @param onProgress told of each part that the database took, when there are several
   */
  async insert(events: StoredEvent[], onProgress: () => void): Promise<void> {
    if (events.length <= INSERT_ROWS) return this.#insertRows(events);
    await this.#client.query('BEGIN');
    for (let start = 0; start < events.length; start += INSERT_ROWS) {
      await this.#insertRows(events.slice(start, start + INSERT_ROWS));
      onProgress();
    }
    await this.#client.query('COMMIT');
  }

  async #loadRetentionEvents(): Promise<Pick<StoredEvent, 'stream' | 'revision' | 'data'>[]> {
    const { rows } = await this.#client.query<Pick<Row, 'stream' | 'rev' | 'data'>>(
      `SELECT stream, rev, data FROM (
         SELECT DISTINCT ON (stream) stream, rev, data FROM event
         WHERE stream >= '$$' AND stream < '$%' ORDER BY stream, rev DESC) AS metadata
       UNION ALL
       SELECT stream, rev, data FROM event WHERE rev = ${TOMBSTONE_REVISION}`,
    );
    return rows.map(({ stream, rev, data }) => ({ stream, revision: BigInt(rev), data }));
  }

  async #insertRows(events: StoredEvent[]): Promise<void> {
    await this.#client.query({
      ...insertStatement(events.length),
      values: events.flatMap((event) => [
        event.position,
        event.stream,
        event.revision,
        event.id,
        event.type,
        event.contentType,
        event.created,
        event.data,
        event.metadata,
      ]),
    });
  }
}

/** Rows up to which a statement is prepared, once per number of rows. */
const PREPARED_ROWS = 64;
const prepared = new Map<number, { name?: string; text: string }>();

function insertStatement(rows: number): { name?: string; text: string } {
  const known = prepared.get(rows);
  if (known) return known;
  const tuples = Array.from({ length: rows }, (_, row) => {
    const parameters = Array.from(
      { length: COLUMN_COUNT },
      (_, column) => `$${row * COLUMN_COUNT + column + 1}`,
    );
    return `(${parameters.join(',')})`;
  });
  const text = `INSERT INTO event (${COLUMNS}) VALUES ${tuples.join(',')}`;
  if (rows > PREPARED_ROWS) return { text };
  const statement = { name: `insert-${rows}`, text };
  prepared.set(rows, statement);
  return statement;
}
