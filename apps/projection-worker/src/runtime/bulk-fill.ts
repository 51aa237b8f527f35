import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Codec, EventStore, Position } from '@spil/event-store';
import {
  copyInto,
  copyLine,
  indexGeneration,
  type DestroyedKeyOf,
  type Generation,
  type TableShape,
} from '@spil/read-model';
import { deliver, isAfter } from './delivery.js';
import { contentError, PoisonEvent } from './generation-writer.js';
import type { Projection } from './projection.js';
import { emptySealed } from './rows.js';

/** What a bulk fill took in. */
export interface Filled {
  /** Everything of the read model up to here was taken in. */
  readonly position: Position | undefined;
  readonly recordedMax: Date | undefined;
  readonly events: number;
  /** False when the documents did not fit in memory: the rest is for the ordinary batches. */
  readonly toTheEnd: boolean;
}

export interface BulkFill {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly client: pg.Client;
  readonly projection: Projection;
  readonly generation: Generation;
  /** The end of the log, as it was before; how far a read model that takes little of it is filled all the same. */
  readonly head: Position | undefined;
  /** Documents held in memory at most. */
  readonly documents: number;
  readonly onProgress: (position: Position) => void;
}

const eventsPerCopy = 10_000;

/**
 * Fills an empty generation from the beginning of the log, makes its indexes, and notes how far it is.
 * @throws PoisonEvent: a rebuild skips nothing
 */
export async function fillGeneration(fill: BulkFill): Promise<Filled> {
  const filled = await bulkFill(fill);
  await indexGeneration(fill.client, fill.generation);
  await saveFilled(fill.client, fill.generation, filled);
  return filled;
}

/** Folds in memory, copies into bare tables what accumulates as it goes, and sums and documents at the end. */
async function bulkFill(fill: BulkFill): Promise<Filled> {
  const { store, codec, client, projection, generation, head } = fill;
  const documents = new Map<string, unknown>();
  const later = nothingLater();
  let position: Position | undefined;
  let recordedMax: Date | undefined;
  let entries: unknown[] = [];
  let events = 0;
  let copying = Promise.allSettled([Promise.resolve()]);

  /** Waits for the copy under way. @throws what it failed with */
  const copied = async (): Promise<void> => {
    for (const outcome of await copying) if (outcome.status === 'rejected') throw outcome.reason;
  };
  const copyEntries = async (): Promise<void> => {
    const changes = projection.tabulate([], entries);
    entries = [];
    await copied();
    copying = Promise.allSettled([copyTables(client, generation.schema, changes, later)]);
  };

  let toTheEnd = true;
  for await (const stored of store.readAll({ eventTypes: projection.eventTypes })) {
    position = stored.position;
    const delivery = deliver(stored, codec);
    if (delivery.content.kind !== 'known')
      throw new PoisonEvent(projection.name, delivery, contentError(delivery));
    if (!recordedMax || stored.storedAt > recordedMax) recordedMax = stored.storedAt;
    try {
      const folded = projection.fold(documents.get(stored.stream), {
        ...delivery.content.event,
        recordedMax,
      });
      if (folded.document !== undefined) documents.set(stored.stream, folded.document);
      if (folded.entries) entries.push(...folded.entries);
    } catch (cause) {
      throw new PoisonEvent(projection.name, delivery, cause);
    }
    events += 1;
    if (events % eventsPerCopy === 0) {
      await copyEntries();
      fill.onProgress(position);
    }
    if (documents.size > fill.documents) {
      toTheEnd = false;
      break;
    }
  }
  await copyEntries();
  await copied();
  const changes = [...documents].map(([stream, after]) => ({ stream, before: undefined, after }));
  await copyTables(client, generation.schema, projection.tabulate(changes, []), later);
  await finishTables(client, generation.schema, later);
  if (toTheEnd && head && isAfter(head, position)) position = head;
  return { position, recordedMax, events, toTheEnd };
}

async function saveFilled(
  client: pg.Client,
  { projection, generation }: Generation,
  { position, recordedMax }: Filled,
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

/** What can only be written once everything else was copied. */
export interface Later {
  /** Rows of sums, by table and key, until they are complete. */
  readonly sums: Map<TableShape, Map<string, Record<string, unknown>>>;
  readonly destroyed: Map<TableShape, DestroyedKeyOf[]>;
}

export const nothingLater = (): Later => ({ sums: new Map(), destroyed: new Map() });

/** Copies rows that stand for themselves; rows of sums are added up until the end, and destroyed keys gathered. */
export async function copyTables(
  client: pg.Client,
  schema: string,
  changes: ReturnType<Projection['tabulate']>,
  { sums, destroyed }: Later,
): Promise<void> {
  for (const { table, rows, destroyed: keys = [] } of changes) {
    if (table.sum !== undefined) addUp(table, table.sum, rows, sums);
    else if (rows.length > 0) await copyRows(client, table, schema, rows);
    if (keys.length > 0) destroyed.set(table, [...(destroyed.get(table) ?? []), ...keys]);
  }
}

/** Copies the sums, and empties what was copied before its key was destroyed. */
export async function finishTables(
  client: pg.Client,
  schema: string,
  { sums, destroyed }: Later,
): Promise<void> {
  for (const [table, rows] of sums) await copyRows(client, table, schema, rows.values());
  for (const [table, keys] of destroyed) await client.query(emptySealed(schema, table, keys));
}

function addUp(table: TableShape, sum: string, rows: readonly object[], sums: Later['sums']): void {
  const known = sums.get(table) ?? new Map<string, Record<string, unknown>>();
  sums.set(table, known);
  for (const row of rows) {
    const fields = row as Readonly<Record<string, unknown>>;
    let key = '';
    for (const property of table.key) key += `${String(fields[property])}\u0000`;
    const total = known.get(key);
    if (total) total[sum] = Number(total[sum]) + Number(fields[sum]);
    else known.set(key, { ...fields });
  }
}

const copyChunk = 1 << 16;

/** Copies rows into a bare table. */
export async function copyRows(
  client: pg.Client,
  table: TableShape,
  schema: string,
  rows: Iterable<object>,
): Promise<void> {
  await pipeline(copyTexts(table, rows), client.query(copyFrom(copyInto(table, schema))));
}

function* copyTexts(table: TableShape, rows: Iterable<object>): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += copyLine(table, row);
    if (text.length < copyChunk) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
