import pg from 'pg';
import type { EventFilter } from './filter.js';
import { NO_REVISION, type Page, type StoredEvent } from './records.js';

/** A database that does not answer within this is away: clients are told so in less than three seconds. */
export const DATABASE_TIMEOUT_MS = 2_500;

const PAGE_EVENTS = 500;
const PAGE_BYTES = 4n << 20n;
/** Names are small and matched here (RE2), so a regular expression looks through more of the log at a time. */
const NAME_PAGE_EVENTS = 5_000;
const MAX_BIGINT = (1n << 63n) - 1n;

/** How many events of a stream to ask for while their size is unknown. */
export const FIRST_PAGE_EVENTS = 100;

/** How many events of a stream to ask for next, so that a page of large events stays small. */
export function nextPageLimit(page: StoredEvent[]): number {
  const bytes = page.reduce((sum, event) => sum + event.data.length + event.metadata.length, 1);
  return Math.min(PAGE_EVENTS, Math.max(1, Math.floor((Number(PAGE_BYTES) * page.length) / bytes)));
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS event (
    pos bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    rev bigint NOT NULL,
    id uuid NOT NULL,
    type text COLLATE "C" NOT NULL,
    content_type text NOT NULL,
    created bigint NOT NULL,
    data bytea NOT NULL,
    metadata bytea NOT NULL,
    UNIQUE (stream, rev)
  )`;
const COLUMNS = 'pos, stream, rev, id, type, content_type, created, data, metadata';
const COLUMN_COUNT = 9;
/** Rows per statement: a statement takes at most 65,535 parameters. */
const INSERT_ROWS = 1_000;

interface Row {
  pos: string;
  stream: string;
  rev: string;
  id: string;
  type: string;
  content_type: string;
  created: string;
  data: Buffer;
  metadata: Buffer;
}

const toEvent = (row: Row): StoredEvent => ({
  position: BigInt(row.pos),
  stream: row.stream,
  revision: BigInt(row.rev),
  id: row.id,
  type: row.type,
  contentType: row.content_type,
  created: BigInt(row.created),
  data: row.data,
  metadata: row.metadata,
});

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The reading side of the event table, on connections of its own. */
export class Storage {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string, onError: (error: Error) => void) {
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: 6,
      connectionTimeoutMillis: DATABASE_TIMEOUT_MS,
      query_timeout: DATABASE_TIMEOUT_MS,
    });
    this.#pool.on('error', onError);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** Events at positions > `after` and <= `tail` that pass the filter, in order; at most `limit` of them. */
  async readForward(after: bigint, tail: bigint, limit: number, filter?: EventFilter): Promise<Page> {
    const bound = smaller(after + PAGE_BYTES * (filter ? 8n : 1n), tail);
    const page = await this.#readRange(after + 1n, bound, 'ASC', limit, filter);
    const scannedTo = page.last ?? larger(bound, after);
    return { events: page.events, scannedTo, end: scannedTo >= tail };
  }

  /** Events at positions < `before` that pass the filter, newest first; at most `limit` of them. */
  async readBackward(before: bigint, limit: number, filter?: EventFilter): Promise<Page> {
    const bound = larger(before - PAGE_BYTES * (filter ? 8n : 1n), 0n);
    const page = await this.#readRange(bound, before - 1n, 'DESC', limit, filter);
    const scannedTo = page.last ?? bound;
    return { events: page.events, scannedTo, end: scannedTo <= 0n };
  }

  /** Events of a stream from a revision on (itself included), upwards or downwards; at most `limit` of them. */
  async readStream(
    stream: string,
    from: bigint,
    direction: 'ASC' | 'DESC',
    limit: number,
  ): Promise<StoredEvent[]> {
    const rows = await this.#query<Row>(
      `SELECT ${COLUMNS} FROM event WHERE stream = $1 AND rev ${direction === 'ASC' ? '>=' : '<='} $2
       ORDER BY rev ${direction} LIMIT $3`,
      [stream, smaller(from, MAX_BIGINT), limit],
    );
    return rows.map(toEvent);
  }

  /** The last event of a stream: revision and position, or `NO_REVISION` and 0. */
  async lastOf(stream: string): Promise<{ revision: bigint; position: bigint }> {
    const [row] = await this.#query<Pick<Row, 'pos' | 'rev'>>(
      'SELECT pos, rev FROM event WHERE stream = $1 ORDER BY rev DESC LIMIT 1',
      [stream],
    );
    return row
      ? { revision: BigInt(row.rev), position: BigInt(row.pos) }
      : { revision: NO_REVISION, position: 0n };
  }

  /** Matching events in a range of positions; `last` is the position reached when the page filled up before the end. */
  async #readRange(
    low: bigint,
    high: bigint,
    order: 'ASC' | 'DESC',
    limit: number,
    filter: EventFilter | undefined,
  ): Promise<{ events: StoredEvent[]; last: bigint | undefined }> {
    const rows = Math.min(limit, PAGE_EVENTS);
    const range = `pos BETWEEN $1 AND $2`;
    if (filter && filter.prefixes.length === 0) return this.#readByName(low, high, order, rows, filter);
    const wanted = filter ? `AND ${filter.on} ^@ ANY ($4)` : '';
    const found = await this.#query<Row>(
      `SELECT ${COLUMNS} FROM event WHERE ${range} ${wanted} ORDER BY pos ${order} LIMIT $3`,
      [low, high, rows, ...(filter ? [filter.prefixes] : [])],
    );
    const events = found.map(toEvent);
    return { events, last: events.length === rows ? events.at(-1)?.position : undefined };
  }

  async #readByName(
    low: bigint,
    high: bigint,
    order: 'ASC' | 'DESC',
    limit: number,
    filter: EventFilter,
  ): Promise<{ events: StoredEvent[]; last: bigint | undefined }> {
    const names = await this.#query<{ pos: string; name: string }>(
      `SELECT pos, ${filter.on} AS name FROM event WHERE pos BETWEEN $1 AND $2 ORDER BY pos ${order} LIMIT $3`,
      [low, high, NAME_PAGE_EVENTS],
    );
    const positions: string[] = [];
    let last = names.length === NAME_PAGE_EVENTS ? names.at(-1)?.pos : undefined;
    for (const { pos, name } of names) {
      if (!filter.matchesName(name)) continue;
      positions.push(pos);
      if (positions.length === limit) {
        last = pos;
        break;
      }
    }
    const found =
      positions.length === 0
        ? []
        : await this.#query<Row>(`SELECT ${COLUMNS} FROM event WHERE pos = ANY ($1) ORDER BY pos ${order}`, [
            positions,
          ]);
    return { events: found.map(toEvent), last: last === undefined ? undefined : BigInt(last) };
  }

  async #query<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    return (await this.#pool.query<R>(text, values)).rows;
  }
}

/**
 * The writing side: the one connection that may append. It holds the database's advisory lock, so a commit through
 * it proves that no other node writes; with the connection goes the lock.
 */
export class WriterSession {
  readonly #client: pg.Client;
  /** Position of the last event when the session began. */
  readonly tail: bigint;

  private constructor(client: pg.Client, tail: bigint) {
    this.#client = client;
    this.tail = tail;
  }

  /**
   * Connects, becomes the only writer and makes the table unless it is there.
   * @param onLost called when the connection ends by itself
   * @returns undefined when another node is the writer
   */
  static async open(databaseUrl: string, onLost: (error: Error) => void): Promise<WriterSession | undefined> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: DATABASE_TIMEOUT_MS,
      query_timeout: DATABASE_TIMEOUT_MS,
      statement_timeout: DATABASE_TIMEOUT_MS,
      keepAlive: true,
    });
    client.on('error', onLost);
    try {
      await client.connect();
      const lock = await client.query<{ mine: boolean }>(
        "SELECT pg_try_advisory_lock(hashtext('spil.event-node')) AS mine",
      );
      if (!lock.rows[0]?.mine) {
        await client.end();
        return undefined;
      }
      await client.query(SCHEMA);
      const last = await client.query<{ tail: string }>('SELECT coalesce(max(pos), 0) AS tail FROM event');
      return new WriterSession(client, BigInt(last.rows[0]?.tail ?? 0));
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /** Ends the connection; a statement under way fails. */
  async close(): Promise<void> {
    await this.#client.end();
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

  /** Commits the events, all or none. */
  async insert(events: StoredEvent[]): Promise<void> {
    if (events.length <= INSERT_ROWS) return this.#insertRows(events);
    await this.#client.query('BEGIN');
    for (let start = 0; start < events.length; start += INSERT_ROWS)
      await this.#insertRows(events.slice(start, start + INSERT_ROWS));
    await this.#client.query('COMMIT');
  }

  async #insertRows(events: StoredEvent[]): Promise<void> {
    const tuples = events.map((_, row) => {
      const parameters = Array.from(
        { length: COLUMN_COUNT },
        (_, column) => `$${row * COLUMN_COUNT + column + 1}`,
      );
      return `(${parameters.join(',')})`;
    });
    await this.#client.query({
      // The small batches of everyday are planned once per size.
      ...(events.length <= 64 ? { name: `insert-${events.length}` } : {}),
      text: `INSERT INTO event (${COLUMNS}) VALUES ${tuples.join(',')}`,
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
