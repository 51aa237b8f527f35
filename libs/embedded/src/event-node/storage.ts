import pg from 'pg';
import { closeWithin, COLUMNS, DATABASE_TIMEOUT_MS, toEvent, type Row } from './event-table.js';
import type { EventFilter } from './filter.js';
import { NO_REVISION, TOMBSTONE_REVISION, type Page, type StoredEvent } from './records.js';

const PAGE_EVENTS = 500;
const PAGE_BYTES = 4n << 20n;
/** Names are small and matched here (RE2), so a regular expression looks through more of the log at a time. */
const NAME_PAGE_EVENTS = 5_000;

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Which events of a stream to read; see {@link Storage.readStream}. */
export interface StreamRange {
  stream: string;
  /** Revisions, both included. */
  from: bigint;
  to: bigint;
  /** Only events stored then or later, in units of 100 ns since 1970. */
  createdSince: bigint;
  direction: 'forwards' | 'backwards';
  limit: number;
}

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

  /** Ends the connections; a database that hangs is not waited for. */
  async close(): Promise<void> {
    await closeWithin(this.#pool.end());
  }

  /** Events at positions > `after` and <= `tail` that pass the filter, in order; at most `limit` of them. */
  async readForward(after: bigint, tail: bigint, limit: number, filter?: EventFilter): Promise<Page> {
    if (after >= tail) return { events: [], scannedTo: after, end: true };
    const bound = smaller(after + PAGE_BYTES * (filter ? 8n : 1n), tail);
    const page = await this.#readRange(after + 1n, bound, 'ASC', limit, filter);
    const scannedTo = page.last ?? bound;
    return { events: page.events, scannedTo, end: scannedTo >= tail };
  }

  /** Events at positions < `before` that pass the filter, newest first; at most `limit` of them. */
  async readBackward(before: bigint, limit: number, filter?: EventFilter): Promise<Page> {
    const bound = larger(before - PAGE_BYTES * (filter ? 8n : 1n), 0n);
    const page = await this.#readRange(bound, before - 1n, 'DESC', limit, filter);
    const scannedTo = page.last ?? bound;
    return { events: page.events, scannedTo, end: scannedTo <= 0n };
  }

  /** The first events of a range, as many as `limit` and the size of a page allow. */
  async readStream(range: StreamRange): Promise<{ events: StoredEvent[]; end: boolean }> {
    const { stream, from, to, createdSince, direction } = range;
    const limit = Math.min(range.limit, PAGE_EVENTS);
    const order = direction === 'forwards' ? 'ASC' : 'DESC';
    // Sizes are known without reading the data itself, so that a page of large events stays small.
    const rows = await this.#query<Row>(
      `read-stream-${order}`,
      `SELECT ${COLUMNS} FROM (
         SELECT *, sum(octet_length(data) + octet_length(metadata)) OVER (
           ORDER BY rev ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
         FROM event WHERE stream = $1 AND rev BETWEEN $2 AND $3 AND created >= $4 ORDER BY rev ${order} LIMIT $5
       ) AS page WHERE bytes_before IS NULL OR bytes_before < ${PAGE_BYTES} ORDER BY rev ${order}`,
      [stream, smaller(from, TOMBSTONE_REVISION), smaller(to, TOMBSTONE_REVISION - 1n), createdSince, limit],
    );
    const events = rows.map(toEvent);
    const bytes = events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);
    return { events, end: events.length < limit && bytes < PAGE_BYTES };
  }

  /** Single events; those that are not there are left out. */
  async readEvents(wanted: Pick<StoredEvent, 'stream' | 'revision'>[]): Promise<StoredEvent[]> {
    const rows = await this.#query<Row>(
      'read-events',
      `SELECT ${COLUMNS} FROM event
       JOIN unnest($1::text[], $2::bigint[]) AS wanted(stream, rev) USING (stream, rev)`,
      [wanted.map(({ stream }) => stream), wanted.map(({ revision }) => revision)],
    );
    return rows.map(toEvent);
  }

  /** The last revision of a stream, or `NO_REVISION`. */
  async lastRevision(stream: string): Promise<bigint> {
    const [row] = await this.#query<Pick<Row, 'rev'>>(
      'last-revision',
      'SELECT rev FROM event WHERE stream = $1 ORDER BY rev DESC LIMIT 1',
      [stream],
    );
    return row ? BigInt(row.rev) : NO_REVISION;
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
    if (filter && filter.prefixes.length === 0) return this.#readByName(low, high, order, rows, filter);
    const wanted = filter ? `AND ${filter.on} ^@ ANY ($4)` : '';
    const found = await this.#query<Row>(
      `read-all-${order}-${filter?.on ?? ''}`,
      `SELECT ${COLUMNS} FROM event WHERE pos BETWEEN $1 AND $2 ${wanted} ORDER BY pos ${order} LIMIT $3`,
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
      `read-names-${order}-${filter.on}`,
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
        : await this.#query<Row>(
            `read-positions-${order}`,
            `SELECT ${COLUMNS} FROM event WHERE pos = ANY ($1) ORDER BY pos ${order}`,
            [positions],
          );
    return { events: found.map(toEvent), last: last === undefined ? undefined : BigInt(last) };
  }

  async #query<R extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<R[]> {
    return (await this.#pool.query<R>({ name, text, values })).rows;
  }
}
