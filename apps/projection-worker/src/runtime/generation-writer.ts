import { setImmediate as nextTurn } from 'node:timers/promises';
import { types } from 'node:util';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Position } from '@spil/event-store';
import type { Database, Generation, Statement } from '@spil/read-model';
import { isAfter, type Delivery } from './delivery.js';
import type { Change, Projection } from './projection.js';
import { loadDocuments, NoRows, rowStatements, tabulated } from './rows.js';

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

/** What a batch comes to. */
interface Batch {
  readonly changes: readonly Change<unknown>[];
  readonly entries: readonly unknown[];
  readonly poison: readonly { readonly delivery: Delivery; readonly cause: unknown }[];
  readonly recordedMax: Date | undefined;
}

/** A batch that was folded and is to be written. */
export interface Prepared {
  /** Where the read model then stands; undefined when it did not move. */
  readonly reached: Position | undefined;
  readonly statements: readonly Statement[];
}

/** Well over what two batches change: while the one is written, the next finds here what the database does not show yet. */
const documentsKept = 10_000;
/** Events that are folded before the connection has its turn: it would wait for all of a large batch with the rows of the one before. */
const foldedAtOnce = 200;

/**
 * Takes deliveries into one generation of a read model, in the caller's transaction. What was prepared is written, and in that order:
 * when it is not, or writing fails, the writer is worthless and a new one is made from the database.
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
   * Folds what is new among the deliveries.
   * @param upTo how far the caller looked; everything of interest up to there is among the deliveries
   * @returns undefined when there is nothing to write
   * @throws PoisonEvent (strict only), NoRows
   */
  async prepare(
    db: Database,
    deliveries: readonly Delivery[],
    upTo: Position,
  ): Promise<Prepared | undefined> {
    const next = this.#advance(deliveries, upTo);
    if (!next) return undefined;
    const statements = await this.#takeIn(db, next.due);
    return { reached: next.reached, statements: [...statements, this.#checkpoint()] };
  }

  /**
   * Writes rows and checkpoint.
   * @returns where the read model stands now, or undefined when it did not move
   * @throws Fenced
   */
  async write(db: Database, prepared: Prepared | undefined): Promise<Position | undefined> {
    let result: Awaited<ReturnType<Database['query']>> | undefined;
    for (const statement of prepared?.statements ?? []) result = await db.query(statement);
    // The checkpoint comes last. It is the fence as well: its row lock keeps a second writer out until this transaction ends.
    if (prepared && result?.rowCount !== 1) throw new Fenced(this.projection.name);
    return prepared?.reached;
  }

  /** Prepares and writes. */
  async apply(db: Database, deliveries: readonly Delivery[], upTo: Position): Promise<Position | undefined> {
    return this.write(db, await this.prepare(db, deliveries, upTo));
  }

  /** The same event by event, which is slow, to park the one whose rows cannot be made or the database refuses. */
  async applyOneByOne(
    db: Database,
    deliveries: readonly Delivery[],
    upTo: Position,
  ): Promise<Position | undefined> {
    const next = this.#advance(deliveries, upTo);
    if (!next) return undefined;
    for (const delivery of next.due) {
      await db.query('SAVEPOINT event');
      try {
        for (const statement of await this.#takeIn(db, [delivery])) await db.query(statement);
      } catch (error) {
        if (!isFaultOfEvent(error)) throw error;
        await db.query('ROLLBACK TO SAVEPOINT event');
        this.#recordedMax = later(this.#recordedMax, delivery.stored.storedAt);
        this.#parked.add(delivery.stored.stream);
        await db.query(this.#park(delivery, error));
      }
    }
    return this.write(db, { reached: next.reached, statements: [this.#checkpoint()] });
  }

  /** Moves on, unless there is nowhere to go; from here on the writer stands where it will once all is written. */
  #advance(
    deliveries: readonly Delivery[],
    upTo: Position,
  ): { readonly due: readonly Delivery[]; readonly reached: Position | undefined } | undefined {
    if (this.#stoppedBecause !== undefined || !isAfter(upTo, this.#position)) return undefined;
    const { due, reached, stop } = this.#due(deliveries, upTo);
    this.#stoppedBecause = stop;
    this.#position = reached ?? this.#position;
    return { due, reached };
  }

  async #takeIn(db: Database, due: readonly Delivery[]): Promise<Statement[]> {
    const before = await this.#load(db, due);
    const { changes, entries, poison, recordedMax } = await this.#fold(due, before, this.#recordedMax);
    this.#recordedMax = recordedMax;
    const statements: Statement[] = [];
    for (const statement of rowStatements(this.state.schema, tabulated(this.projection, changes, entries))) {
      statements.push(statement);
      if (due.length > foldedAtOnce) await nextTurn();
    }
    for (const { delivery, cause } of poison) statements.push(this.#park(delivery, cause));
    return statements;
  }

  /**
   * Takes in events of one stream that lie before the checkpoint, which stays. The caller holds the checkpoint's row.
   * @throws PoisonEvent, NoRows
   */
  async takeInMissed(db: Database, missed: readonly Delivery[]): Promise<void> {
    const due = missed.filter(({ stored }) => this.#handled.has(stored.type));
    const { changes, entries, poison } = await this.#fold(due, await this.#load(db, due), undefined);
    const [failed] = poison;
    if (failed) throw new PoisonEvent(this.projection.name, failed.delivery, failed.cause);
    for (const statement of rowStatements(this.state.schema, tabulated(this.projection, changes, entries)))
      await db.query(statement);
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

  async #fold(
    due: readonly Delivery[],
    before: ReadonlyMap<string, unknown>,
    recordedBefore: Date | undefined,
  ): Promise<Batch> {
    const after = new Map<string, unknown>();
    const entries: unknown[] = [];
    const poison: Batch['poison'][number][] = [];
    let recordedMax = recordedBefore;
    for (const [at, delivery] of due.entries()) {
      if (at > 0 && at % foldedAtOnce === 0) await nextTurn();
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

  #checkpoint(): Statement {
    const { projection, generation, epoch, live } = this.state;
    return {
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
    };
  }

  #park({ stored }: Delivery, cause: unknown): Statement {
    return {
      text: `INSERT INTO projection.parked (projection, generation, stream, revision, event_id, type, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        this.state.projection,
        this.state.generation,
        stored.stream,
        stored.revision.toString(),
        stored.eventId,
        stored.type,
        describe(cause),
      ],
    };
  }
}

const later = (known: Date | undefined, other: Date): Date => (known && known > other ? known : other);

/** No rows can be made of an event, or the database is there and takes no such rows: trying again does not mend that. */
export const isFaultOfEvent = (error: unknown): boolean =>
  error instanceof NoRows || (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? ''));

/** Why a delivery holds no event to fold. */
export const contentError = ({ content }: Delivery): unknown =>
  content.kind === 'malformed' ? content.error : new Error('the event is not known here');

/** What may be kept and logged of a failure. A database or a parser quotes data in its messages: of those the kind only. */
export function describe(cause: unknown): string {
  if (cause instanceof NoRows) return describe(cause.cause);
  if (cause instanceof pg.DatabaseError) return `the database refused (${cause.code ?? 'unknown'})`;
  if (cause instanceof SyntaxError) return cause.name;
  return types.isNativeError(cause) ? `${cause.name}: ${cause.message}`.slice(0, 500) : 'unknown failure';
}
