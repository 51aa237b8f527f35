import type { EventFilter } from './filter.js';
import { NO_REVISION, type Page, type StoredEvent } from './records.js';
import { FIRST_PAGE_EVENTS, nextPageLimit, type Storage } from './storage.js';

export type Direction = 'forwards' | 'backwards';

/** Where a read begins. A revision includes itself; a position is included going forwards and excluded going backwards. */
export type From = 'start' | 'end' | bigint;

/** Reads `$all`, page by page. */
export async function* readAll(
  storage: Storage,
  tail: bigint,
  {
    from,
    direction,
    count,
    filter,
  }: { from: From; direction: Direction; count: number; filter?: EventFilter },
): AsyncGenerator<StoredEvent[]> {
  const forwards = direction === 'forwards';
  const fetch = (cursor: bigint, limit: number): Promise<Page> =>
    forwards ? storage.readForward(cursor, tail, limit, filter) : storage.readBackward(cursor, limit, filter);
  let cursor = forwards ? firstAfter(from, tail) : firstBefore(from, tail);
  let remaining = count;
  let next: Promise<Page> | undefined = remaining > 0 ? fetch(cursor, remaining) : undefined;
  while (next) {
    const page: Page = await next;
    remaining -= page.events.length;
    cursor = page.scannedTo;
    next = page.end || remaining <= 0 ? undefined : fetch(cursor, remaining);
    // The next page is on its way while this one is sent; a reader who leaves now must not leave an error behind.
    void Promise.allSettled([next]);
    if (page.events.length > 0) yield page.events;
  }
}

function firstAfter(from: From, tail: bigint): bigint {
  if (from === 'start') return 0n;
  return from === 'end' ? tail : from - 1n;
}

function firstBefore(from: From, tail: bigint): bigint {
  if (from === 'start') return 0n;
  return from === 'end' || from > tail ? tail + 1n : from;
}

/** Reads a stream, page by page; undefined as first result when there is no such stream. */
export async function* readStream(
  storage: Storage,
  { stream, from, direction, count }: { stream: string; from: From; direction: Direction; count: number },
): AsyncGenerator<StoredEvent[] | undefined> {
  const forwards = direction === 'forwards';
  const step = forwards ? 1n : -1n;
  const fetch = (cursor: bigint, limit: number): Promise<StoredEvent[]> =>
    storage.readStream(stream, cursor, forwards ? 'ASC' : 'DESC', limit);
  let cursor = from === 'start' ? 0n : from === 'end' ? (1n << 63n) - 1n : from;
  let remaining = count;
  let limit = Math.min(FIRST_PAGE_EVENTS, remaining);
  let next: Promise<StoredEvent[]> | undefined = fetch(cursor, limit);
  let first = true;
  while (next) {
    const events: StoredEvent[] = await next;
    if (first && events.length === 0 && (await storage.lastOf(stream)).revision === NO_REVISION)
      yield undefined;
    first = false;
    const last = events.at(-1);
    remaining -= events.length;
    if (!last || events.length < limit || remaining <= 0 || (!forwards && last.revision === 0n))
      next = undefined;
    else {
      cursor = last.revision + step;
      limit = Math.min(nextPageLimit(events), remaining);
      next = fetch(cursor, limit);
    }
    void Promise.allSettled([next]);
    if (events.length > 0) yield events;
  }
}
