import type { Codec, EventStore, Position } from '@spil/event-store';
import { checkpointChannel, positionText, type Database } from '@spil/read-model';
import { deliver, isAfter, type Delivery } from './delivery.js';
import type { GenerationWriter } from './generation-writer.js';

export interface Feed {
  readonly store: Pick<EventStore, 'subscribeAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** One connection, for this feed alone. */
  readonly db: Database;
  readonly writers: readonly GenerationWriter[];
  readonly signal: AbortSignal;
  /** After the database refused a batch: takes its events one by one, and is as fast as ever after that. */
  readonly careful?: boolean;
  /** Events in one transaction at most; default 4000. While one is written the next batch grows, and is folded once it is as large. */
  readonly largestBatch?: number;
  readonly onDrop?: (cause: unknown) => void;
  readonly onCaughtUp?: () => void;
  readonly onBatch?: (batch: { readonly deliveries: readonly Delivery[]; readonly seconds: number }) => void;
}

/** Events that are taken one by one after the database refused a batch. */
const carefulEvents = 2_000;
/** Milliseconds that a smaller batch waits for more as long as there is a past to catch up with: each transaction has its price. */
const fillingMs = 50;
/** Milliseconds between checkpoints that come without events. */
const quietCheckpointMs = 200;

/**
 * Feeds all read models from one subscription, each batch in one transaction: rows, contributions and checkpoints
 * together. Returns when the signal ends it, after the batch at hand.
 * @throws whatever a batch failed with; nothing of that batch was written
 */
export async function runFeed(feed: Feed): Promise<void> {
  const { store, codec, writers, signal } = feed;
  const failed = new AbortController();
  const db = new OneAtATime(feed.db);
  const batches = new Batches({ ...feed, db }, (error) => failed.abort(error));
  const subscription = store.subscribeAll({
    after: earliest(writers),
    eventTypes: [...new Set(writers.flatMap(({ projection }) => projection.eventTypes))],
    signal: AbortSignal.any([signal, failed.signal]),
    ...(feed.onDrop && { onDrop: feed.onDrop }),
  });
  for await (const item of subscription) {
    if (item.kind === 'event') await batches.add(deliver(item.event, codec));
    else if (item.kind === 'checkpoint') batches.look(item.position);
    else {
      await batches.settled();
      feed.onCaughtUp?.();
    }
  }
  await batches.settled();
}

/** What was delivered and not yet written. Once caught up, a write starts as soon as the one before it is done. */
class Batches {
  #pending: Delivery[] = [];
  #upTo: Position | undefined;
  /** Everything up to here was delivered or looked at. */
  #newest: Position | undefined;
  #writing: Promise<void> | undefined;
  #onTaken: (() => void) | undefined;
  #onFull: (() => void) | undefined;
  #failure: Error | undefined;
  #soon: NodeJS.Timeout | undefined;
  #caughtUp = false;
  #lastWrite = 0;
  #careful: number;
  readonly #largest: number;

  constructor(
    private readonly feed: Feed,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.#careful = feed.careful ? carefulEvents : 0;
    this.#largest = feed.largestBatch ?? 4_000;
  }

  async add(delivery: Delivery): Promise<void> {
    const { position } = delivery.stored;
    // A subscription that resumes may deliver again what was delivered; in one batch it would count twice.
    if (!isAfter(position, this.#newest)) return;
    this.#pending.push(delivery);
    this.#newest = this.#upTo = position;
    if (this.#pending.length >= this.#largest) this.#onFull?.();
    this.#startWhenFilled();
    if (this.#pending.length >= 2 * this.#largest)
      await Promise.race([this.#writing, new Promise<void>((resolve) => (this.#onTaken = resolve))]);
  }

  /** The subscription looked this far and saw nothing of interest. */
  look(position: Position): void {
    if (!isAfter(position, this.#newest)) return;
    this.#newest = this.#upTo = position;
    if (this.#pending.length > 0) return;
    this.#startIn(this.#lastWrite + quietCheckpointMs - Date.now());
  }

  /** Resolves when all is written; from then on no batch waits for more to come. @throws what a write failed with */
  async settled(): Promise<void> {
    this.#caughtUp = true;
    while (this.#writing || (this.#upTo && this.#failure === undefined)) {
      this.#start();
      await this.#writing;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #waitsForMore(): boolean {
    return !this.#caughtUp && this.#pending.length < this.#largest;
  }

  #startWhenFilled(): void {
    this.#startIn(this.#waitsForMore() ? fillingMs : 0);
  }

  #startIn(ms: number): void {
    if (ms <= 0) this.#start();
    else this.#soon ??= setTimeout(() => this.#start(), ms);
  }

  #start(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#failure !== undefined || this.#writing) return;
    this.#writing = this.#drain()
      .catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error('a batch failed', { cause: error });
        this.onFailure(this.#failure);
      })
      .finally(() => {
        this.#writing = undefined;
        if (this.#upTo) this.#startWhenFilled();
      });
  }

  /** While a batch is written, what comes makes the next one larger; when that is full it is folded meanwhile. */
  async #drain(): Promise<void> {
    let written: Promise<void> = Promise.resolve();
    try {
      do {
        const careful = this.#careful > 0;
        const write = await this.#prepareNext();
        await written;
        if (!write) return;
        written = write();
        // A careful batch is folded as it is written: what is folded before its turn would move the read models past it.
        await Promise.race(careful ? [written] : [written, this.#full()]);
      } while (!this.#waitsForMore());
    } finally {
      await written;
    }
  }

  async #prepareNext(): Promise<(() => Promise<void>) | undefined> {
    const batch = this.#pending.splice(0, this.#largest);
    const last = batch.at(-1)?.stored.position;
    const upTo = this.#pending.length > 0 && last ? last : this.#upTo;
    if (!upTo) return undefined;
    if (this.#pending.length === 0) this.#upTo = undefined;
    this.#onTaken?.();
    this.#lastWrite = Date.now();
    const careful = this.#careful > 0;
    this.#careful -= batch.length;
    return prepareBatch(this.feed, batch, upTo, careful);
  }

  /** Resolves when a batch could not be larger. */
  #full(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#pending.length >= this.#largest) resolve();
      else this.#onFull = resolve;
    });
  }
}

/** Folds a batch. @returns what writes it, in a transaction */
async function prepareBatch(
  { db, writers, onBatch }: Feed,
  batch: readonly Delivery[],
  upTo: Position,
  careful: boolean,
): Promise<() => Promise<void>> {
  const started = performance.now();
  const prepared = careful ? [] : await all(writers.map((writer) => writer.prepare(db, batch, upTo)));
  return async () => {
    await db.query('BEGIN');
    const positions: (Position | undefined)[] = [];
    if (!careful) positions.push(...(await all(writers.map((writer, at) => writer.write(db, prepared[at])))));
    // A writer's savepoints are its own.
    else for (const writer of writers) positions.push(await writer.applyOneByOne(db, batch, upTo));
    const advanced = writers.flatMap(({ projection: { name } }, at) => {
      const position = positions[at];
      return position ? [`${name}=${positionText(position)}`] : [];
    });
    if (advanced.length > 0)
      await db.query('SELECT pg_notify($1, $2)', [checkpointChannel, advanced.join(',')]);
    await db.query('COMMIT');
    onBatch?.({ deliveries: batch, seconds: (performance.now() - started) / 1_000 });
  };
}

/** All results; fails when one fails, and not before the others are done with the connection. */
async function all<T>(work: readonly Promise<T>[]): Promise<T[]> {
  try {
    return await Promise.all(work);
  } finally {
    await Promise.allSettled(work);
  }
}

/** Lets everyone send at any time what the connection takes in turn: one read model folds while another's rows are written. */
class OneAtATime implements Database {
  #before: Promise<unknown> = Promise.resolve();

  constructor(private readonly db: Database) {}

  query(...[statement, parameters]: Parameters<Database['query']>): ReturnType<Database['query']> {
    const result = this.#before.then(() => this.db.query(statement, parameters));
    // Who asked learns how it ended; who is next only that it has.
    this.#before = Promise.allSettled([result]);
    return result;
  }
}

/** Where the read model that is furthest behind stands; the others skip what they hold already. */
function earliest(writers: readonly GenerationWriter[]): Position | undefined {
  let first: Position | undefined;
  for (const [at, { position }] of writers.entries()) {
    if (position === undefined) return undefined;
    if (at === 0 || isAfter(first ?? position, position)) first = position;
  }
  return first;
}
