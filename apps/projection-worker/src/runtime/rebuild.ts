import type pg from 'pg';
import type { EventStore, Position } from '@spil/event-store';
import { inTransaction, isConnectionLoss, onSnapshot, withConnection } from '@spil/postgres';
import { createGeneration, dropGeneration, generationsOf, type Generation } from '@spil/read-model';
import { fillGeneration } from './bulk-fill.js';
import { deliver, type Delivery } from './delivery.js';
import { compareWithFreshFold, type FoldOptions } from './fresh-fold.js';
import type { GenerationWriter } from './generation-writer.js';
import { builderOf, livePosition } from './load-writer.js';
import { refuseBeyondLog } from './log-end.js';
import type { Projection } from './projection.js';
import { RebuildRefused } from './rebuild-refused.js';
import { failIfStopped, switchTo } from './switch-generation.js';

export interface RebuildOptions extends FoldOptions {
  readonly store: Pick<EventStore, 'readAll' | 'head'>;
  /** Connection of the role that owns the read models: a rebuild makes and drops tables. */
  readonly ownerUrl: string;
  /** Documents folded in memory at most; beyond, the rest goes through ordinary batches, and is compared in several parts. */
  readonly documentsInMemory?: number;
}

export interface Rebuilt {
  readonly events: number;
  readonly generation: number;
  /** Rows and streams that were not as their events make them in the generation before; known where it was of the same version. */
  readonly corrected: number;
  /** How long it took to fill and index the new tables, and to compare them with a fresh fold. */
  readonly seconds: { readonly fill: number; readonly compare: number };
}

const eventsPerBatch = 5_000;

/**
 * Fills a new generation of a read model beside the running one, compares it with a fresh fold of the log, catches up, and moves the
 * pointer in one transaction; the old tables are dropped. Readers and the live writer go on meanwhile. Strict: a poison event or a
 * row that differs fails the rebuild and leaves everything as it was.
 * @throws PoisonEvent, RebuildRefused, CheckpointBeyondLog, EventStoreUnavailable, ConnectionBroken
 */
export function rebuildProjection(projection: Projection, options: RebuildOptions): Promise<Rebuilt> {
  return withConnection(
    { connectionString: options.ownerUrl, application_name: 'spil-rebuild' },
    async (client) => {
      const { rows } = await client.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock(hashtext($1)) AS locked',
        [`spil.rebuild.${projection.name}`],
      );
      if (!rows[0]?.locked) throw new Error(`another rebuild of '${projection.name}' is running`);
      const head = await options.store.head();
      refuseBeyondLog(
        [{ projection: projection.name, position: await livePosition(client, projection) }],
        head,
      );
      await dropAbandoned(client, projection);
      return fillAndSwitch(client, projection, head, options);
    },
  );
}

/** What a rebuild that was killed left behind. */
async function dropAbandoned(client: pg.Client, projection: Projection): Promise<void> {
  for (const generation of await generationsOf(client, projection.name)) {
    if (!generation.live) await inTransaction(client, () => dropGeneration(client, generation));
  }
}

async function fillAndSwitch(
  client: pg.Client,
  projection: Projection,
  head: Position | undefined,
  options: RebuildOptions,
): Promise<Rebuilt> {
  const { store, codec, onProgress, ...memory } = options;
  const foldOptions = { store, codec, ...memory };
  // Half of the work is filling, half is comparing.
  const progress = (position: Position): void =>
    onProgress?.(head ? Math.min(1, Number(position.commit) / Number(head.commit)) / 2 : 0.5);
  const generation = await inTransaction(client, () => createGeneration(client, projection.name));
  try {
    const started = performance.now();
    const filled = await fillGeneration({
      store,
      codec,
      client,
      projection,
      generation,
      head,
      documents: options.documentsInMemory ?? 200_000,
      onProgress: progress,
    });
    const writer = await builderOf(client, projection, generation);
    let events = filled.events;
    const catchUp = async (): Promise<void> => {
      for (let read = eventsPerBatch + 1; read > eventsPerBatch; events += read)
        read = await applyFrom(client, writer, options, progress);
    };
    await catchUp();
    const complete = performance.now();
    await refuseUnlikeEvents(client, projection, generation, writer.position, {
      ...foldOptions,
      onProgress: (share) => onProgress?.((1 + share) / 2),
    });
    const compared = performance.now();
    await catchUp();
    const corrected = await switchTo(client, projection, generation, foldOptions);
    onProgress?.(1);
    return {
      events,
      generation: generation.generation,
      corrected,
      seconds: { fill: (complete - started) / 1_000, compare: (compared - complete) / 1_000 },
    };
  } catch (error) {
    await inTransaction(client, () => dropGeneration(client, generation)).catch((refusal: unknown) => {
      if (!isConnectionLoss(refusal))
        throw new Error('the rebuild failed; the next one clears away what it left', { cause: error });
    });
    throw error;
  }
}

/** @throws RebuildRefused */
async function refuseUnlikeEvents(
  client: pg.Client,
  projection: Projection,
  { schema }: Generation,
  position: Position | undefined,
  options: FoldOptions,
): Promise<void> {
  const { equal, tables, unfoldable } = await onSnapshot(client, () =>
    compareWithFreshFold(client, projection, { schema, position, parked: new Map() }, options),
  );
  if (!equal) throw new RebuildRefused(projection.name, 'events', tables, unfoldable);
}

/** Reads on from where the writer stands to the end of the log. Each batch is a transaction. */
async function applyFrom(
  client: pg.Client,
  writer: GenerationWriter,
  { store, codec }: RebuildOptions,
  progress: (position: Position) => void,
): Promise<number> {
  let batch: Delivery[] = [];
  let read = 0;
  const write = async (): Promise<void> => {
    const upTo = batch.at(-1)?.stored.position;
    if (!upTo) return;
    await inTransaction(client, () => writer.apply(client, batch, upTo));
    failIfStopped(writer);
    progress(upTo);
    batch = [];
  };
  const { eventTypes } = writer.projection;
  for await (const stored of store.readAll({
    ...(writer.position && { after: writer.position }),
    eventTypes,
  })) {
    batch.push(deliver(stored, codec));
    read += 1;
    if (batch.length >= eventsPerBatch) await write();
  }
  await write();
  return read;
}
