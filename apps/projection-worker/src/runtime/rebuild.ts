import pg from 'pg';
import type { Codec, EventStore, Position } from '@spil/event-store';
import {
  checkpointChannel,
  createGeneration,
  dropGeneration,
  generationsOf,
  indexGeneration,
  makeLive,
  positionOf,
  positionText,
  type Generation,
} from '@spil/read-model';
import { bulkFill } from './bulk-fill.js';
import { deliver, isAfter, type Delivery } from './delivery.js';
import type { GenerationWriter } from './generation-writer.js';
import { builderOf } from './load-writer.js';
import type { Projection } from './projection.js';

export interface RebuildOptions {
  readonly store: Pick<EventStore, 'readAll' | 'head'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** Connection of the role that owns the read models: a rebuild makes and drops tables. */
  readonly ownerUrl: string;
  /** Documents folded in memory at most; beyond, the rest goes through ordinary batches. */
  readonly documentsInMemory?: number;
  /** Share of the log that was read, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface Rebuilt {
  readonly events: number;
  readonly generation: number;
}

const eventsPerBatch = 5_000;

/**
 * Fills a new generation of a read model beside the running one, catches up, and moves the pointer in one transaction;
 * the old tables are dropped. Readers and the live writer go on meanwhile. Strict: a poison event fails the rebuild and
 * leaves everything as it was.
 * @throws PoisonEvent, EventStoreUnavailable
 */
export async function rebuildProjection(projection: Projection, options: RebuildOptions): Promise<Rebuilt> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: 'spil-rebuild',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1)) AS locked',
      [`spil.rebuild.${projection.name}`],
    );
    if (!rows[0]?.locked) throw new Error(`another rebuild of '${projection.name}' is running`);
    await dropAbandoned(client, projection);
    return await fillAndSwitch(client, projection, options);
  } finally {
    await client.end();
  }
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
  options: RebuildOptions,
): Promise<Rebuilt> {
  const { store, codec } = options;
  const head = await store.head();
  const progress = (position: Position): void =>
    options.onProgress?.(head ? Math.min(1, Number(position.commit) / Number(head.commit)) : 1);
  const generation = await inTransaction(client, () => createGeneration(client, projection.name));
  try {
    const filled = await bulkFill({
      store,
      codec,
      client,
      projection,
      generation,
      documents: options.documentsInMemory ?? 200_000,
      onProgress: progress,
    });
    await indexGeneration(client, generation);
    await saveFilled(client, generation, filled);
    const writer = await builderOf(client, projection, generation);
    let events = filled.events;
    const catchUp = async (): Promise<number> => {
      const read = await applyFrom(client, writer, options, progress);
      events += read;
      return read;
    };
    while ((await catchUp()) > eventsPerBatch);
    await switchTo(client, generation, writer, options);
    options.onProgress?.(1);
    return { events, generation: generation.generation };
  } catch (error) {
    await inTransaction(client, () => dropGeneration(client, generation));
    throw error;
  }
}

async function saveFilled(
  client: pg.Client,
  { projection, generation }: Generation,
  { position, recordedMax }: Awaited<ReturnType<typeof bulkFill>>,
): Promise<void> {
  await client.query(
    `UPDATE projection.generation SET commit_position = $3, prepare_position = $4, recorded_at = $5
     WHERE projection = $1 AND generation = $2`,
    [
      projection,
      generation,
      (position?.commit ?? -1n).toString(),
      (position?.prepare ?? -1n).toString(),
      recordedMax?.toISOString() ?? null,
    ],
  );
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
  for await (const stored of store.readAll(writer.position && { after: writer.position })) {
    batch.push(deliver(stored, codec));
    read += 1;
    if (batch.length >= eventsPerBatch) await write();
  }
  await write();
  return read;
}

/**
 * Holds the live writer still, takes in what it had on us, moves the pointer. The pointer never goes back: the new
 * generation holds at least what the old one held.
 */
async function switchTo(
  client: pg.Client,
  generation: Generation,
  writer: GenerationWriter,
  { store, codec }: RebuildOptions,
): Promise<void> {
  const old = await inTransaction(client, async () => {
    const { rows } = await client.query<Generation & { commit_position: string; prepare_position: string }>(
      `SELECT projection, generation, version, schema_name AS schema, commit_position, prepare_position
       FROM projection.generation WHERE projection = $1 AND live FOR UPDATE`,
      [generation.projection],
    );
    const live = rows[0];
    const target = live && positionOf(live.commit_position, live.prepare_position);
    if (target && isAfter(target, writer.position)) {
      const rest: Delivery[] = [];
      for await (const stored of store.readAll(writer.position && { after: writer.position })) {
        if (isAfter(stored.position, target)) break;
        rest.push(deliver(stored, codec));
      }
      await writer.apply(client, rest, target);
      failIfStopped(writer);
    }
    await makeLive(client, generation);
    if (writer.position)
      await client.query('SELECT pg_notify($1, $2)', [
        checkpointChannel,
        `${generation.projection}=${positionText(writer.position)}`,
      ]);
    return live;
  });
  if (old) await inTransaction(client, () => dropGeneration(client, old));
}

function failIfStopped(writer: GenerationWriter): void {
  if (writer.stoppedBecause !== undefined)
    throw new Error(`the rebuild of '${writer.projection.name}' met an ${writer.stoppedBecause}`);
}

/** Runs in one transaction, which is rolled back when it fails. */
export async function inTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
