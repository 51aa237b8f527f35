import { LRUCache } from 'lru-cache';
import { setTimeout as pause } from 'node:timers/promises';
import { DATABASE_TIMEOUT_MS } from './event-table.js';
import type { LiveFeed } from './live-feed.js';
import {
  NO_REVISION,
  sizeOf,
  type AppendRequest,
  type AppendResult,
  type NewEvent,
  type StoredEvent,
} from './records.js';
import { WriterSession } from './writer-session.js';

const BATCH_EVENTS = 1_000;
const BATCH_BYTES = 8 << 20;
const RECONNECT_MS = 200;
const LOCK_WAIT_MS = 10_000;
/** How far back an append without an expected revision is looked for among what the stream already holds. */
const ANY_LOOKBACK = 1_000n;
const TICKS_PER_MILLISECOND = 10_000n;

/** The database is away (or ownership of it): nothing can be appended, and the outcome of appends under way is open. */
export class StoreUnavailable extends Error {}

interface Pending {
  request: AppendRequest;
  bytes: number;
  resolve: (result: AppendResult) => void;
  reject: (error: Error) => void;
}

type StoredId = Pick<StoredEvent, 'revision' | 'position' | 'id'>;

/**
 * The only writer of the log: one queue, one commit for all that waits. Every doubt about a commit ends the session:
 * whatever is in memory is dropped, and a new session starts from what the database holds.
 */
export class Writer {
  readonly #databaseUrl: string;
  readonly #feed: LiveFeed;
  readonly #log: (line: string) => void;
  #session: WriterSession | undefined;
  #queue: Pending[] = [];
  #working: Promise<void> | undefined;
  #recovering: Promise<void> | undefined;
  #closing = false;
  readonly #lastRevisions = new LRUCache<string, bigint>({ max: 100_000 });
  #tail = 0n;
  #clock = 0n;

  private constructor(databaseUrl: string, feed: LiveFeed, log: (line: string) => void) {
    this.#databaseUrl = databaseUrl;
    this.#feed = feed;
    this.#log = log;
  }

  /**
   * Becomes the writer of a database.
   * @throws Error when the database cannot be reached, or another node keeps it for ten seconds
   */
  static async start(databaseUrl: string, feed: LiveFeed, log: (line: string) => void): Promise<Writer> {
    const writer = new Writer(databaseUrl, feed, log);
    const deadline = Date.now() + LOCK_WAIT_MS;
    while (!(await writer.#openSession())) {
      if (Date.now() > deadline) throw new Error('another event node is using this database');
      await pause(RECONNECT_MS);
    }
    return writer;
  }

  /**
   * Appends to a stream if it is as expected, and resolves when that is durable.
   * @throws StoreUnavailable when it is unknown or impossible; the same request may be sent again
   */
  append(request: AppendRequest): Promise<AppendResult> {
    if (this.#closing) return Promise.reject(new StoreUnavailable('the node is stopping'));
    if (!this.#session) return Promise.reject(new StoreUnavailable('the database is away'));
    const bytes = request.events.reduce((sum, event) => sum + sizeOf(event, request.stream), 0);
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, bytes, resolve, reject });
      this.#working ??= this.#work().finally(() => (this.#working = undefined));
    });
  }

  /** Finishes what is queued and gives the database free. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#working;
    await this.#recovering;
    await this.#session?.close();
    this.#session = undefined;
  }

  async #openSession(): Promise<boolean> {
    const session = await WriterSession.open(this.#databaseUrl);
    if (!session) return false;
    session.onLost((error) => this.#loseSession(session, error));
    this.#lastRevisions.clear();
    this.#tail = session.tail;
    this.#feed.reset(session.tail);
    this.#session = session;
    return true;
  }

  #loseSession(session: WriterSession, error: Error): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    const waiting = this.#queue.splice(0);
    for (const { reject } of waiting) reject(new StoreUnavailable('the database is away', { cause: error }));
    if (this.#closing) return;
    this.#log(`event node lost its database: ${error.message}`);
    this.#recovering = this.#recover(session).finally(() => (this.#recovering = undefined));
  }

  async #recover(lost: WriterSession): Promise<void> {
    await lost.close();
    let complaint = '';
    while (!this.#closing) {
      try {
        if (await this.#openSession()) {
          this.#log('event node has its database back');
          return;
        }
      } catch (error) {
        const { message } = error as Error;
        if (message !== complaint) this.#log(`event node cannot reach its database yet: ${message}`);
        complaint = message;
      }
      await pause(RECONNECT_MS);
    }
  }

  async #work(): Promise<void> {
    // Lets the appends that arrive in the same turn of the event loop share the commit.
    await new Promise(setImmediate);
    while (this.#session && this.#queue.length > 0) await this.#commitBatch(this.#session, this.#takeBatch());
  }

  #takeBatch(): Pending[] {
    let events = 0;
    let bytes = 0;
    const end = this.#queue.findIndex((pending) => {
      events += pending.request.events.length;
      bytes += pending.bytes;
      return events > BATCH_EVENTS || bytes > BATCH_BYTES;
    });
    return this.#queue.splice(0, end === -1 ? this.#queue.length : Math.max(end, 1));
  }

  async #commitBatch(session: WriterSession, batch: Pending[]): Promise<void> {
    const late = setTimeout(
      () => this.#loseSession(session, new Error(`no commit within ${DATABASE_TIMEOUT_MS} ms`)),
      DATABASE_TIMEOUT_MS,
    );
    try {
      await this.#loadLastRevisions(session, batch);
      const staged = new StagedBatch(session, this.#lastRevisions, this.#tail, this.#nextTick());
      const results: AppendResult[] = [];
      for (const { request } of batch) results.push(await staged.add(request));
      if (staged.events.length > 0) await session.insert(staged.events);
      if (this.#session !== session) throw new Error('the session ended');
      for (const [stream, { revision }] of staged.heads) this.#lastRevisions.set(stream, revision);
      this.#tail = staged.tail;
      if (staged.events.length > 0) this.#feed.publish(staged.events);
      batch.forEach(({ resolve }, index) => {
        const result = results[index];
        if (result) resolve(result);
      });
    } catch (error) {
      const cause = error as Error;
      this.#loseSession(session, cause);
      for (const { reject } of batch)
        reject(new StoreUnavailable('the append is not known to be stored', { cause }));
    } finally {
      clearTimeout(late);
    }
  }

  async #loadLastRevisions(session: WriterSession, batch: Pending[]): Promise<void> {
    const missing = new Set<string>();
    for (const { request } of batch)
      if (!this.#lastRevisions.has(request.stream)) missing.add(request.stream);
    if (missing.size === 0) return;
    const found = await session.lastRevisions([...missing]);
    for (const stream of missing) this.#lastRevisions.set(stream, found.get(stream) ?? NO_REVISION);
  }

  /** The time of the batch, never earlier than that of the one before. */
  #nextTick(): bigint {
    const now = BigInt(Date.now()) * TICKS_PER_MILLISECOND;
    if (now > this.#clock) this.#clock = now;
    return this.#clock;
  }
}

/** Requests decided one after the other, each on the outcome of those before it, but not yet committed. */
class StagedBatch {
  readonly events: StoredEvent[] = [];
  /** Last revision of each stream that this batch writes, and its staged events. */
  readonly heads = new Map<string, { revision: bigint; events: StoredEvent[] }>();
  readonly #session: WriterSession;
  readonly #committed: LRUCache<string, bigint>;
  readonly #created: bigint;
  tail: bigint;

  constructor(session: WriterSession, committed: LRUCache<string, bigint>, tail: bigint, created: bigint) {
    this.#session = session;
    this.#committed = committed;
    this.tail = tail;
    this.#created = created;
  }

  async add(request: AppendRequest): Promise<AppendResult> {
    const { stream, expected, events } = request;
    const last = this.heads.get(stream)?.revision ?? this.#committed.get(stream) ?? NO_REVISION;
    const refused: AppendResult = { kind: 'wrong_expected_revision', actual: last };

    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && last === NO_REVISION) return refused;
      const known = await this.#revisionOf(
        stream,
        last > ANY_LOOKBACK ? last - ANY_LOOKBACK : 0n,
        events[0]?.id,
      );
      if (known === undefined) return this.#stage(request, last);
      const end = known + BigInt(events.length) - 1n;
      return repeated(events, await this.#idsFrom(stream, known, end < last ? end : last)) ?? refused;
    }
    const expectedLast = expected === 'no_stream' ? NO_REVISION : expected;
    if (expectedLast > last) return refused;
    if (expectedLast === last) return this.#stage(request, last);
    const until = expectedLast + BigInt(events.length);
    return (
      repeated(events, await this.#idsFrom(stream, expectedLast + 1n, until < last ? until : last)) ?? refused
    );
  }

  #stage({ stream, events }: AppendRequest, last: bigint): AppendResult {
    const head = this.heads.get(stream) ?? { revision: last, events: [] };
    for (const event of events) {
      head.revision += 1n;
      this.tail += BigInt(sizeOf(event, stream));
      const stored = {
        ...event,
        stream,
        revision: head.revision,
        position: this.tail,
        created: this.#created,
      };
      head.events.push(stored);
      this.events.push(stored);
    }
    if (events.length > 0) this.heads.set(stream, head);
    return { kind: 'appended', revision: head.revision, position: this.tail };
  }

  /** Where a stream holds the event with this id, looking no further back than `from`. */
  async #revisionOf(stream: string, from: bigint, id: string | undefined): Promise<bigint | undefined> {
    if (id === undefined) return undefined;
    const staged = this.heads.get(stream)?.events.find((event) => event.id === id);
    if (staged || this.#committed.get(stream) === NO_REVISION) return staged?.revision;
    return this.#session.revisionOf(stream, from, id);
  }

  /** The ids at revisions `from` to `until`, whether committed or staged. */
  async #idsFrom(stream: string, from: bigint, until: bigint): Promise<StoredId[]> {
    const staged = this.heads.get(stream)?.events ?? [];
    const firstStaged = staged[0]?.revision ?? until + 1n;
    const stored =
      from < firstStaged && until >= from
        ? Number((until < firstStaged ? until : firstStaged - 1n) - from) + 1
        : 0;
    const committed = stored > 0 ? await this.#session.idsFrom(stream, from, stored) : [];
    return [...committed, ...staged.filter(({ revision }) => revision >= from && revision <= until)];
  }
}

/** The answer to a request whose events already stand there, in the same order; undefined when they do not. */
function repeated(events: NewEvent[], stored: StoredId[]): AppendResult | undefined {
  const last = stored[events.length - 1];
  if (!last || events.some(({ id }, index) => stored[index]?.id !== id)) return undefined;
  return { kind: 'appended', revision: last.revision, position: last.position };
}
