import { setTimeout as pause } from 'node:timers/promises';
import { DATABASE_TIMEOUT_MS } from './event-table.js';
import type { LiveFeed } from './live-feed.js';
import { sizeOf, TICKS_PER_MILLISECOND, type WriteRequest, type WriteResult } from './records.js';
import type { Retentions } from './retention.js';
import { StagedBatch } from './staged-batch.js';
import { StreamHeads } from './stream-heads.js';
import { WriterSession } from './writer-session.js';

const BATCH_EVENTS = 1_000;
const BATCH_BYTES = 8 << 20;
const RECONNECT_MS = 200;
const LOCK_WAIT_MS = 10_000;
/** More than this waiting for a commit is more than the database keeps up with. */
const MAX_QUEUED_BYTES = 256 << 20;

/** The database is away (or ownership of it): nothing can be appended, and the outcome of appends under way is open. */
export class StoreUnavailable extends Error {}

interface Pending {
  request: WriteRequest;
  bytes: number;
  resolve: (result: WriteResult) => void;
  reject: (error: Error) => void;
}

/** What the writer keeps up to date for the readers. */
export interface WriterAudience {
  feed: LiveFeed;
  retentions: Retentions;
}

/**
 * The only writer of the log: one queue, one commit for all that waits. Every doubt about a commit ends the session:
 * whatever is in memory is dropped, and a new session starts from what the database holds.
 */
export class Writer {
  readonly #databaseUrl: string;
  readonly #audience: WriterAudience;
  readonly #log: (line: string) => void;
  #session: WriterSession | undefined;
  #queue: Pending[] = [];
  #queuedBytes = 0;
  #working: Promise<void> | undefined;
  #recovering: Promise<void> | undefined;
  #closing = false;
  readonly #heads = new StreamHeads();
  #tail = 0n;
  #clock = 0n;

  private constructor(databaseUrl: string, audience: WriterAudience, log: (line: string) => void) {
    this.#databaseUrl = databaseUrl;
    this.#audience = audience;
    this.#log = log;
  }

  /**
   * Becomes the writer of a database.
   * @throws Error when the database cannot be reached, or another node keeps it for ten seconds
   */
  static async start(
    databaseUrl: string,
    audience: WriterAudience,
    log: (line: string) => void,
  ): Promise<Writer> {
    const writer = new Writer(databaseUrl, audience, log);
    const deadline = Date.now() + LOCK_WAIT_MS;
    for (let told = false; !(await writer.#openSession()); told = true) {
      if (!told) log('event node waits for another one that uses this database');
      if (Date.now() > deadline) throw new Error('another event node is using this database');
      await pause(RECONNECT_MS);
    }
    return writer;
  }

  /**
   * Appends to a stream, or deletes it, if it is as expected, and resolves when that is durable.
   * @throws StoreUnavailable when it is unknown or impossible; the same request may be sent again
   */
  write(request: WriteRequest): Promise<WriteResult> {
    if (this.#closing) return Promise.reject(new StoreUnavailable('the node is stopping'));
    if (!this.#session) return Promise.reject(new StoreUnavailable('the database is away'));
    const events = request.kind === 'append' ? request.events : [];
    const bytes = events.reduce((sum, event) => sum + sizeOf(event, request.stream), 0);
    if (this.#queuedBytes + bytes > MAX_QUEUED_BYTES)
      return Promise.reject(new StoreUnavailable('too much is waiting to be stored'));
    this.#queuedBytes += bytes;
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, bytes, resolve, reject });
      this.#working ??= this.#work();
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
    this.#heads.clear();
    this.#tail = session.tail;
    this.#audience.retentions.reset(session.retentionEvents);
    this.#audience.feed.reset(session.tail);
    this.#session = session;
    return true;
  }

  #loseSession(session: WriterSession, error: Error): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    const waiting = this.#queue.splice(0);
    this.#queuedBytes = 0;
    for (const { reject } of waiting) reject(new StoreUnavailable('the database is away', { cause: error }));
    if (this.#closing) return;
    this.#log(`event node lost its database: ${error.message}`);
    this.#recovering = this.#recover(session).finally(() => (this.#recovering = undefined));
  }

  async #recover(lost: WriterSession): Promise<void> {
    await lost.close();
    let told = '';
    const tell = (complaint: string): void => {
      if (complaint !== told) this.#log(complaint);
      told = complaint;
    };
    while (!this.#closing) {
      try {
        if (await this.#openSession()) {
          this.#log('event node has its database back');
          return;
        }
        tell('event node stores nothing: another one uses its database now');
      } catch (error) {
        tell(`event node cannot reach its database yet: ${(error as Error).message}`);
      }
      await pause(RECONNECT_MS);
    }
  }

  async #work(): Promise<void> {
    try {
      // Lets the appends that arrive in the same turn of the event loop share the commit.
      await new Promise(setImmediate);
      while (this.#session && this.#queue.length > 0)
        await this.#commitBatch(this.#session, this.#takeBatch());
    } finally {
      // In the same turn as the last look at the queue: what is queued a turn later must find nobody at work.
      this.#working = undefined;
    }
  }

  #takeBatch(): Pending[] {
    let events = 0;
    let bytes = 0;
    const end = this.#queue.findIndex((pending) => {
      events += pending.request.kind === 'append' ? pending.request.events.length : 1;
      bytes += pending.bytes;
      return events > BATCH_EVENTS || bytes > BATCH_BYTES;
    });
    const batch = this.#queue.splice(0, end === -1 ? this.#queue.length : Math.max(end, 1));
    for (const pending of batch) this.#queuedBytes -= pending.bytes;
    return batch;
  }

  async #commitBatch(session: WriterSession, batch: Pending[]): Promise<void> {
    const late = setTimeout(
      () => this.#loseSession(session, new Error(`no commit within ${DATABASE_TIMEOUT_MS} ms`)),
      DATABASE_TIMEOUT_MS,
    );
    const { feed, retentions } = this.#audience;
    try {
      const heads = await this.#heads.load(
        session,
        batch.map(({ request }) => request),
      );
      const staged = new StagedBatch({
        session,
        heads,
        retentions,
        tail: this.#tail,
        created: this.#nextTick(),
      });
      const results: WriteResult[] = [];
      for (const { request } of batch) results.push(await staged.add(request));
      if (staged.events.length > 0) await session.insert(staged.events, () => late.refresh());
      if (this.#session !== session) throw new Error('the session ended');
      this.#heads.commit(heads, staged.events);
      this.#tail = staged.events.at(-1)?.position ?? this.#tail;
      retentions.note(staged.events);
      if (staged.events.length > 0) feed.publish(staged.events);
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

  /** The time of the batch, never earlier than that of the one before. */
  #nextTick(): bigint {
    const now = BigInt(Date.now()) * TICKS_PER_MILLISECOND;
    if (now > this.#clock) this.#clock = now;
    return this.#clock;
  }
}
