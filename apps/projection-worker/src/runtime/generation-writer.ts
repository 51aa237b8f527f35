import { types } from 'node:util';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Position } from '@spil/event-store';
import type { Database, Generation } from '@spil/read-model';
import { isAfter, type Delivery } from './delivery.js';
import type { Change, Projection } from './projection.js';
import { loadDocuments, writeRows } from './rows.js';

/** Someone else writes this read model now, or its pointer moved. Reload and go on. */
export class Fenced extends Error {
  constructor(projection: string) {
    super(`another writer took over the read model '${projection}', or it was switched`);
    this.name = 'Fenced';
  }
}

/** A poison event met where none is allowed: in a rebuild. */
export class PoisonEvent extends Error {
  constructor(projection: string, { stored }: Delivery, cause: unknown) {
    super(
      `the read model '${projection}' cannot take in ${stored.type} ${stored.eventId} (${stored.stream}, revision ${stored.revision})`,
      { cause },
    );
    this.name = 'PoisonEvent';
  }
}

/** Where a generation stands, as its row in the database says. */
export interface WriterState extends Generation {
  readonly live: boolean;
  readonly epoch: string;
  readonly position: Position | undefined;
  readonly recordedMax: Date | undefined;
  readonly parked: ReadonlySet<string>;
}

/** What a batch comes to, before it is written. */
interface Batch {
  readonly changes: readonly Change<unknown>[];
  readonly entries: readonly unknown[];
  readonly poison: readonly { readonly delivery: Delivery; readonly cause: unknown }[];
  readonly recordedMax: Date | undefined;
}

const documentsKept = 10_000;

/**
 * Takes deliveries into one generation of a read model. Every call runs in the caller's transaction; after a failed one
 * the writer is worthless and a new one is made from the database.
 */
export class GenerationWriter {
  #position: Position | undefined;
  #recordedMax: Date | undefined;
  #stoppedBecause: string | undefined;
  readonly #parked: Set<string>;
  readonly #documents = new LRUCache<string, { readonly document: unknown }>({ max: documentsKept });
  readonly #handled: ReadonlySet<string>;

  constructor(
    readonly projection: Projection,
    private readonly state: WriterState,
    private readonly options: { readonly strict: boolean },
  ) {
    this.#position = state.position;
    this.#recordedMax = state.recordedMax;
    this.#parked = new Set(state.parked);
    this.#handled = new Set(projection.eventTypes);
  }

  get position(): Position | undefined {
    return this.#position;
  }

  get stoppedBecause(): string | undefined {
    return this.#stoppedBecause;
  }

  get parkedStreams(): number {
    return this.#parked.size;
  }

  /**
   * Folds what is new among the deliveries and writes rows and checkpoint.
   * @param upTo how far the caller looked; everything of interest up to there is among the deliveries
   * @param careful takes events one by one, to park the one whose rows the database refuses
   * @returns where the read model stands now, or undefined when nothing moved
   * @throws Fenced, PoisonEvent (strict only)
   */
  async apply(
    db: Database,
    deliveries: readonly Delivery[],
    upTo: Position,
    careful = false,
  ): Promise<Position | undefined> {
    if (this.#stoppedBecause !== undefined || !isAfter(upTo, this.#position)) return undefined;
    const { due, reached, stop } = this.#due(deliveries, upTo);
    this.#stoppedBecause = stop;
    if (reached === undefined) {
      await this.#saveCheckpoint(db);
      return undefined;
    }
    this.#position = reached;
    if (careful) await this.#oneByOne(db, due);
    else await this.#takeIn(db, due);
    // Also the fence: it takes the row lock that keeps a second writer out until this transaction ends.
    await this.#saveCheckpoint(db);
    return reached;
  }

  async #takeIn(db: Database, due: readonly Delivery[]): Promise<void> {
    const before = await this.#load(db, due);
    const { changes, entries, poison, recordedMax } = this.#fold(due, before, this.#recordedMax);
    await writeRows(db, this.state.schema, this.projection.tabulate(changes, entries));
    for (const { delivery, cause } of poison) await this.#park(db, delivery, cause);
    this.#recordedMax = recordedMax;
  }

  /** Slow, and finds the event whose rows the database refuses. */
  async #oneByOne(db: Database, due: readonly Delivery[]): Promise<void> {
    for (const delivery of due) {
      await db.query('SAVEPOINT event');
      try {
        await this.#takeIn(db, [delivery]);
      } catch (error) {
        if (!isRefusedByDatabase(error)) throw error;
        await db.query('ROLLBACK TO SAVEPOINT event');
        this.#recordedMax = later(this.#recordedMax, delivery.stored.storedAt);
        this.#parked.add(delivery.stored.stream);
        await this.#park(db, delivery, error);
      }
    }
  }

  /**
   * Takes in events of one stream that lie before the checkpoint, which stays. The caller holds the checkpoint's row.
   * @throws PoisonEvent
   */
  async takeInMissed(db: Database, missed: readonly Delivery[]): Promise<void> {
    const due = missed.filter(({ stored }) => this.#handled.has(stored.type));
    const { changes, entries, poison } = this.#fold(due, await this.#load(db, due), undefined);
    const [failed] = poison;
    if (failed) throw new PoisonEvent(this.projection.name, failed.delivery, failed.cause);
    await writeRows(db, this.state.schema, this.projection.tabulate(changes, entries));
  }

  /** What lies between here and there for this read model; cut short before an event that this process does not know. */
  #due(
    deliveries: readonly Delivery[],
    upTo: Position,
  ): { due: Delivery[]; reached: Position | undefined; stop: string | undefined } {
    const due: Delivery[] = [];
    let before: Position | undefined;
    for (const delivery of deliveries) {
      const { position, type } = delivery.stored;
      if (!isAfter(position, this.#position)) continue;
      if (this.#handled.has(type)) {
        if (delivery.content.kind === 'unknown')
          return { due, reached: before, stop: `unknown event ${delivery.content.description}` };
        due.push(delivery);
      }
      before = position;
    }
    return { due, reached: upTo, stop: undefined };
  }

  async #load(db: Database, due: readonly Delivery[]): Promise<Map<string, unknown>> {
    const documents = new Map<string, unknown>();
    const { documents: place } = this.projection;
    if (!place) return documents;
    const missing = new Set<string>();
    for (const { stored } of due) {
      if (documents.has(stored.stream) || missing.has(stored.stream) || this.#parked.has(stored.stream))
        continue;
      const cached = this.#documents.get(stored.stream);
      if (cached) documents.set(stored.stream, cached.document);
      else if (stored.revision === 0n) documents.set(stored.stream, undefined);
      else missing.add(stored.stream);
    }
    const loaded = await loadDocuments(db, this.state.schema, place, [...missing]);
    for (const [stream, document] of loaded) documents.set(stream, document);
    return documents;
  }

  #fold(
    due: readonly Delivery[],
    before: ReadonlyMap<string, unknown>,
    recordedBefore: Date | undefined,
  ): Batch {
    const after = new Map<string, unknown>();
    const entries: unknown[] = [];
    const poison: Batch['poison'][number][] = [];
    let recordedMax = recordedBefore;
    for (const delivery of due) {
      const { stream, storedAt } = delivery.stored;
      recordedMax = later(recordedMax, storedAt);
      if (this.#parked.has(stream)) continue;
      try {
        if (delivery.content.kind !== 'known') throw contentError(delivery);
        const current = after.has(stream) ? after.get(stream) : before.get(stream);
        const step = { ...delivery.content.event, recordedMax };
        const folded = this.projection.fold(current, step);
        after.set(stream, folded.document);
        if (folded.entries) entries.push(...folded.entries);
      } catch (cause) {
        if (this.options.strict) throw new PoisonEvent(this.projection.name, delivery, cause);
        this.#parked.add(stream);
        poison.push({ delivery, cause });
      }
    }
    const changes: Change<unknown>[] = [];
    for (const [stream, document] of after) {
      if (document === undefined) continue;
      if (this.projection.documents) this.#documents.set(stream, { document });
      if (document !== before.get(stream))
        changes.push({ stream, before: before.get(stream), after: document });
    }
    return { changes, entries, poison, recordedMax };
  }

  async #saveCheckpoint(db: Database): Promise<void> {
    const { projection, generation, epoch, live } = this.state;
    const { rowCount } = await db.query({
      name: 'checkpoint',
      text: `UPDATE projection.generation
       SET commit_position = $4, prepare_position = $5, recorded_at = $6, stopped_because = $7,
           updated_at = clock_timestamp()
       WHERE projection = $1 AND generation = $2 AND epoch = $3 AND live = $8
         AND (commit_position, prepare_position) <= ($4::int8, $5::int8)
         AND ((commit_position, prepare_position) < ($4::int8, $5::int8) OR $7::text IS NOT NULL)`,
      values: [
        projection,
        generation,
        epoch,
        (this.#position?.commit ?? -1n).toString(),
        (this.#position?.prepare ?? -1n).toString(),
        this.#recordedMax?.toISOString() ?? null,
        this.#stoppedBecause ?? null,
        live,
      ],
    });
    if (rowCount !== 1) throw new Fenced(projection);
  }

  async #park(db: Database, { stored }: Delivery, cause: unknown): Promise<void> {
    await db.query(
      `INSERT INTO projection.parked (projection, generation, stream, revision, event_id, type, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        this.state.projection,
        this.state.generation,
        stored.stream,
        stored.revision.toString(),
        stored.eventId,
        stored.type,
        describe(cause),
      ],
    );
  }
}

const later = (known: Date | undefined, other: Date): Date => (known && known > other ? known : other);

/** The database is there and takes no such data: a fault of the event, which trying again does not mend. */
export const isRefusedByDatabase = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');

/** Why a delivery holds no event to fold. */
export const contentError = ({ content }: Delivery): unknown =>
  content.kind === 'malformed' ? content.error : new Error('the event is not known here');

/** What may be kept and logged of a failure. A database or a parser quotes data in its messages: of those the kind only. */
export function describe(cause: unknown): string {
  if (cause instanceof pg.DatabaseError) return `the database refused (${cause.code ?? 'unknown'})`;
  if (cause instanceof SyntaxError) return cause.name;
  return types.isNativeError(cause) ? `${cause.name}: ${cause.message}`.slice(0, 500) : 'unknown failure';
}
