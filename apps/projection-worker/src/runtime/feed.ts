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
  readonly onDrop?: (cause: unknown) => void;
  readonly onCaughtUp?: () => void;
  readonly onBatch?: (batch: { readonly deliveries: readonly Delivery[]; readonly seconds: number }) => void;
}

/** Events in one transaction at most; while one commits the next batch grows. */
const largestBatch = 2_000;
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
  const batches = new Batches(feed, (error) => failed.abort(error));
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
  #failure: Error | undefined;
  #soon: NodeJS.Timeout | undefined;
  #caughtUp = false;
  #lastWrite = 0;
  #careful: number;

  constructor(
    private readonly feed: Feed,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.#careful = feed.careful ? largestBatch : 0;
  }

  async add(delivery: Delivery): Promise<void> {
    const { position } = delivery.stored;
    // A subscription that resumes may deliver again what was delivered; in one batch it would count twice.
    if (!isAfter(position, this.#newest)) return;
    this.#pending.push(delivery);
    this.#newest = this.#upTo = position;
    this.#startWhenFilled();
    if (this.#pending.length >= 2 * largestBatch) await this.#writing;
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
    return !this.#caughtUp && this.#pending.length < largestBatch;
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

  async #drain(): Promise<void> {
    do {
      const batch = this.#pending.splice(0, largestBatch);
      const last = batch.at(-1)?.stored.position;
      const upTo = this.#pending.length > 0 && last ? last : this.#upTo;
      if (!upTo) return;
      if (this.#pending.length === 0) this.#upTo = undefined;
      this.#lastWrite = Date.now();
      await writeBatch(this.feed, batch, upTo, this.#careful > 0);
      this.#careful -= batch.length;
    } while (!this.#waitsForMore());
  }
}

async function writeBatch(
  feed: Feed,
  batch: readonly Delivery[],
  upTo: Position,
  careful: boolean,
): Promise<void> {
  const { db, writers } = feed;
  const started = performance.now();
  await db.query('BEGIN');
  const positions = careful ? await inTurn(feed, batch, upTo) : await together(feed, batch, upTo);
  const advanced = writers.flatMap(({ projection: { name } }, at) => {
    const position = positions[at];
    return position ? [`${name}=${positionText(position)}`] : [];
  });
  if (advanced.length > 0)
    await db.query('SELECT pg_notify($1, $2)', [checkpointChannel, advanced.join(',')]);
  await db.query('COMMIT');
  feed.onBatch?.({ deliveries: batch, seconds: (performance.now() - started) / 1_000 });
}

type Positions = readonly (Position | undefined)[];

/** A writer's savepoints are its own. */
async function inTurn({ db, writers }: Feed, batch: readonly Delivery[], upTo: Position): Promise<Positions> {
  const positions: (Position | undefined)[] = [];
  for (const writer of writers) positions.push(await writer.apply(db, batch, upTo, true));
  return positions;
}

/** One read model folds while the database writes the rows of another. After a failure nothing more is sent. */
async function together(
  { db, writers }: Feed,
  batch: readonly Delivery[],
  upTo: Position,
): Promise<Positions> {
  const failed = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const oneAtATime: Database = {
    query: (statement, parameters) => {
      const result = last.then(() => {
        failed.signal.throwIfAborted();
        return db.query(statement, parameters);
      });
      last = result;
      return result;
    },
  };
  const applied = writers.map((writer) =>
    writer.apply(oneAtATime, batch, upTo).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  try {
    return await Promise.all(applied);
  } finally {
    await Promise.allSettled(applied);
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
