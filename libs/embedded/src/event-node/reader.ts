import type { EventFilter } from './filter.js';
import { NO_REVISION, TOMBSTONE_REVISION, type Page, type StoredEvent } from './records.js';
import { isSoftDeleted, oldestCreated, type Retention, type Retentions } from './retention.js';
import type { Storage } from './storage.js';

export type Direction = 'forwards' | 'backwards';

/** Where a read begins. A revision includes itself; a position is included going forwards and excluded going backwards. */
export type From = 'start' | 'end' | bigint;

/** A read of something that was deleted for good. */
export class StreamDeleted extends Error {
  readonly stream: string;

  constructor(stream: string) {
    super(`stream ${stream} is deleted`);
    this.stream = stream;
  }
}

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

/** The first revision that readers of a stream still get. */
export async function firstVisible(
  storage: Storage,
  stream: string,
  { truncateBefore, maxCount }: Retention,
): Promise<bigint> {
  if (maxCount === undefined) return truncateBefore;
  const first = (await storage.lastRevision(stream)) - maxCount + 1n;
  return first > truncateBefore ? first : truncateBefore;
}

/**
 * Reads a stream, page by page; undefined as first result when there is no such stream.
 * @throws StreamDeleted
 */
export async function* readStream(
  storage: Storage,
  retentions: Retentions,
  { stream, from, direction, count }: { stream: string; from: From; direction: Direction; count: number },
): AsyncGenerator<StoredEvent[] | undefined> {
  const retention = retentions.of(stream);
  if (retention.tombstoned) throw new StreamDeleted(stream);
  if (isSoftDeleted(retention)) {
    yield undefined;
    return;
  }
  const forwards = direction === 'forwards';
  const createdSince = oldestCreated(retention);
  let low = await firstVisible(storage, stream, retention);
  let high = TOMBSTONE_REVISION;
  const start = from === 'start' ? 0n : from === 'end' ? TOMBSTONE_REVISION : from;
  if (!forwards) high = start;
  else if (start > low) low = start;
  let remaining = count;
  const fetch = (): ReturnType<Storage['readStream']> =>
    storage.readStream({ stream, from: low, to: high, createdSince, direction, limit: remaining });
  let next: ReturnType<Storage['readStream']> | undefined = remaining > 0 ? fetch() : undefined;
  let first = true;
  while (next) {
    const { events, end }: Awaited<typeof next> = await next;
    if (first && events.length === 0 && (await storage.lastRevision(stream)) === NO_REVISION) yield undefined;
    first = false;
    remaining -= events.length;
    const last = events.at(-1)?.revision ?? 0n;
    if (forwards) low = last + 1n;
    else high = last - 1n;
    next = end || remaining <= 0 || low > high ? undefined : fetch();
    void Promise.allSettled([next]);
    if (events.length > 0) yield events;
  }
}
