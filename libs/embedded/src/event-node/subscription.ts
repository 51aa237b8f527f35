import type { EventFilter } from './filter.js';
import type { LiveFeed } from './live-feed.js';
import { firstVisible, StreamDeleted } from './reader.js';
import { TOMBSTONE_REVISION, type StoredEvent } from './records.js';
import { oldestCreated, type Retentions } from './retention.js';
import type { Storage } from './storage.js';

/** What a subscriber is told besides events. */
export type SubscriptionNotice =
  { kind: 'checkpoint'; position: bigint } | { kind: 'caught_up' } | { kind: 'fell_behind' };

/** What a subscriber is told, in order. */
export type SubscriptionItem = { kind: 'event'; event: StoredEvent } | SubscriptionNotice;

const PAGE_EVENTS = 500;

/** Where to subscribe from: `after` a position, everything up to it being known to the subscriber. */
export interface AllSubscription {
  after: bigint;
  filter?: EventFilter;
  /** A checkpoint is due after this many events were looked at, wanted or not. */
  checkpointInterval: number;
}

/** Follows `$all` from a position on: first from the store, then live; ends when `signal` aborts. */
export async function* followAll(
  storage: Storage,
  feed: LiveFeed,
  { after, filter, checkpointInterval }: AllSubscription,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem[]> {
  let cursor = after;
  let caughtUp = false;
  let sinceCheckpoint = 0;
  const look = (event: StoredEvent, items: SubscriptionItem[]): void => {
    if (!filter || filter.matchesName(event[filter.on])) items.push({ kind: 'event', event });
    sinceCheckpoint += 1;
    if (filter && sinceCheckpoint >= checkpointInterval) {
      items.push({ kind: 'checkpoint', position: event.position });
      sinceCheckpoint = 0;
    }
  };
  while (!signal.aborted) {
    const recent = feed.after(cursor);
    const items: SubscriptionItem[] = [];
    if (recent === undefined) {
      if (caughtUp) items.push({ kind: 'fell_behind' });
      caughtUp = false;
      const page = await storage.readForward(cursor, feed.tail, PAGE_EVENTS, filter);
      for (const event of page.events) look(event, items);
      // Much may have been passed over that nobody counted: say how far it is.
      if (filter && (page.events.length === 0 || sinceCheckpoint > 0))
        items.push({ kind: 'checkpoint', position: page.scannedTo });
      cursor = page.scannedTo;
      sinceCheckpoint = 0;
    } else {
      for (const event of recent) look(event, items);
      cursor = recent.at(-1)?.position ?? cursor;
      if (!caughtUp) items.push({ kind: 'caught_up' });
      caughtUp = true;
    }
    if (items.length > 0) yield items;
    else if (recent?.length === 0) await feed.changed(undefined, signal);
  }
}

/**
 * Follows one stream after a revision: first from the store, then live; ends when `signal` aborts. What the stream's
 * metadata hides is passed over in the store; live events all come.
 * @throws StreamDeleted when the stream is, or becomes, deleted for good
 */
export async function* followStream(
  storage: Storage,
  feed: LiveFeed,
  retentions: Retentions,
  { stream, after }: { stream: string; after: bigint },
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem[]> {
  let revision = after;
  /** Position up to which all events of the stream were delivered; before the first look nobody knows. */
  let cursor = -1n;
  let caughtUp = false;
  while (!signal.aborted) {
    const recent = cursor < 0n ? undefined : feed.after(cursor);
    let events: StoredEvent[];
    if (recent) {
      events = recent.filter((event) => event.stream === stream && event.revision > revision);
      cursor = recent.at(-1)?.position ?? cursor;
    } else {
      const tail = feed.tail;
      const page = await readAfter(storage, retentions, stream, revision);
      events = page.events;
      if (page.end) cursor = tail;
    }
    const deleted = events.at(-1)?.revision === TOMBSTONE_REVISION;
    if (deleted) events.pop();
    revision = events.at(-1)?.revision ?? revision;
    const items: SubscriptionItem[] = events.map((event) => ({ kind: 'event', event }));
    if (!caughtUp && cursor >= feed.tail) {
      items.push({ kind: 'caught_up' });
      caughtUp = true;
    }
    if (items.length > 0) yield items;
    if (deleted) throw new StreamDeleted(stream);
    if (items.length === 0 && recent?.length === 0) await feed.changed(stream, signal);
  }
}

async function readAfter(
  storage: Storage,
  retentions: Retentions,
  stream: string,
  revision: bigint,
): Promise<{ events: StoredEvent[]; end: boolean }> {
  const retention = retentions.of(stream);
  if (retention.tombstoned) throw new StreamDeleted(stream);
  const visible = await firstVisible(storage, stream, retention);
  return storage.readStream({
    stream,
    from: visible > revision ? visible : revision + 1n,
    to: TOMBSTONE_REVISION,
    createdSince: oldestCreated(retention),
    direction: 'forwards',
    limit: PAGE_EVENTS,
  });
}
