import pg from 'pg';
import { closeWithin, COLUMNS, DATABASE_TIMEOUT_MS, toEvent, type Row } from './event-table.js';
import type { EventFilter } from './filter.js';
import { NO_REVISION, type Page, type StoredEvent } from './records.js';

const PAGE_EVENTS = 500;
const PAGE_BYTES = 4n << 20n;
/** Names are small and matched here (RE2), so a regular expression looks through more of the log at a time. */
const NAME_PAGE_EVENTS = 5_000;
const MAX_BIGINT = (1n << 63n) - 1n;

/** How many events of a stream to ask for while their size is unknown. */
export const FIRST_PAGE_EVENTS = 100;

/** How many events of a stream to ask for next, so that a page of large events stays small. */
export function nextPageLimit(page: StoredEvent[]): number {
  if (page.length === 0) return FIRST_PAGE_EVENTS;
  const bytes = page.reduce((sum, event) => sum + event.data.length + event.metadata.length, 1);
  return Math.min(PAGE_EVENTS, Math.max(1, Math.floor((Number(PAGE_BYTES) * page.length) / bytes)));
}

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
