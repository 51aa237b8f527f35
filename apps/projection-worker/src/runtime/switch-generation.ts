import type pg from 'pg';
import type { Position } from '@spil/event-store';
import { inTransaction, onSnapshot } from '@spil/postgres';
import {
  checkpointChannel,
  dropGeneration,
  makeLive,
  positionOf,
  positionText,
  projections,
  type Generation,
} from '@spil/read-model';
import { compareTables, type TableVerdict } from './compare-tables.js';
import { deliver, isAfter, type Delivery } from './delivery.js';
import type { FoldOptions } from './fresh-fold.js';
import type { GenerationWriter } from './generation-writer.js';
import { builderOf } from './load-writer.js';
import { pauseUnless } from './pause.js';
import type { Projection } from './projection.js';
import { RebuildRefused } from './rebuild-refused.js';
import { verifyLive } from './verify.js';

interface Live extends Generation {
  readonly position: Position | undefined;
  readonly parked: number;
}

/** Both stand at one position and their rows differ, so that one of them is wrong. */
class RunningDiffers extends Error {
  constructor(readonly tables: readonly TableVerdict[]) {
    super('the new generation differs from the running one');
    this.name = 'RunningDiffers';
  }
}

/** How long the live writer is waited for that a comparison may be possible: tries, and milliseconds between them. */
const levelTries = 20;
const levelPauseMs = 50;

/**
 * Moves the pointer to a filled generation and drops the one before. Where both are of one version and at one position, their rows
 * are compared in the transaction that moves the pointer; when they differ, a fresh fold says which of the two is wrong.
 * @returns the number of rows that were wrong in the generation before; 0 also when the two could not be compared
 * @throws RebuildRefused when the one before is right
 */
export async function switchTo(
  client: pg.Client,
  projection: Projection,
  generation: Generation,
  options: FoldOptions,
): Promise<number> {
  const attempt = async (compared: boolean): Promise<void> => {
    const writer = await builderOf(client, projection, generation);
    if (compared) await drawnLevel(client, generation, writer.position);
    const live = await liveOf(client, generation);
    await inTransaction(client, () => takeInUpTo(live?.position, writer, client, options));
    const old = await inTransaction(client, () => movePointer(client, generation, writer, options, compared));
    if (old) await dropBefore(client, old);
  };
  try {
    await attempt(true);
    return 0;
  } catch (error) {
    if (!(error instanceof RunningDiffers)) throw error;
    const wrong = await rowsWrongInLive(client, projection, options);
    if (wrong === 0) throw new RebuildRefused(projection.name, 'running generation', error.tables);
    await attempt(false);
    return wrong;
  }
}

/** @throws Error that says what is done already */
async function dropBefore(client: pg.Client, old: Generation): Promise<void> {
  try {
    await inTransaction(client, () => dropGeneration(client, old));
  } catch (cause) {
    throw new Error(
      `the read model '${old.projection}' was switched to its new tables, but those of before could not be dropped; the next rebuild clears them away`,
      { cause },
    );
  }
}

/**
 * Holds the live writer still, takes in what it had on us, moves the pointer. The pointer never goes back: the new
 * generation holds at least what the old one held.
 */
async function movePointer(
  client: pg.Client,
  generation: Generation,
  writer: GenerationWriter,
  options: FoldOptions,
  compared: boolean,
): Promise<Live | undefined> {
  const live = await liveOf(client, generation, 'FOR UPDATE');
  // Next to nothing, of whatever type: while it is read nobody else may write.
  await takeInUpTo(live?.position, writer, client, options, 'all');
  if (compared && live && isComparable(live, generation, writer.position))
    await refuseDifferences(client, live, generation);
  await makeLive(client, generation);
  if (writer.position)
    await client.query('SELECT pg_notify($1, $2)', [
      checkpointChannel,
      `${generation.projection}=${positionText(writer.position)}`,
    ]);
  return live;
}

/** Takes in what the live writer has on this one; of the types that the read model takes, as the store tells them apart, or of all. */
async function takeInUpTo(
  target: Position | undefined,
  writer: GenerationWriter,
  client: pg.Client,
  { store, codec }: FoldOptions,
  read: 'taken' | 'all' = 'taken',
): Promise<void> {
  const { position, projection } = writer;
  if (!target || !isAfter(target, position)) return;
  const after = position && { after: position };
  const log = store.readAll(read === 'all' ? after : { ...after, eventTypes: projection.eventTypes });
  const rest: Delivery[] = [];
  for await (const stored of log) {
    if (isAfter(stored.position, target)) break;
    rest.push(deliver(stored, codec));
  }
  await writer.apply(client, rest, target);
  failIfStopped(writer);
}

/** A parked stream is missing in the running rows, and another version has other tables. */
const isComparable = (live: Live, generation: Generation, position: Position | undefined): boolean =>
  live.version === generation.version &&
  live.parked === 0 &&
  live.position !== undefined &&
  position !== undefined &&
  !isAfter(live.position, position) &&
  !isAfter(position, live.position);

/** @throws RunningDiffers */
async function refuseDifferences(client: pg.Client, live: Live, generation: Generation): Promise<void> {
  await client.query(`SET LOCAL TimeZone = 'UTC'`);
  const verdicts: TableVerdict[] = [];
  for (const table of projections[generation.projection].tables)
    verdicts.push(await compareTables(client, table, { actual: generation.schema, expected: live.schema }));
  if (verdicts.some(({ differences }) => differences > 0)) throw new RunningDiffers(verdicts);
}

/** The live writer may be a moment behind what was read from the log. */
async function drawnLevel(
  client: pg.Client,
  generation: Generation,
  position: Position | undefined,
): Promise<void> {
  for (let tries = 0; tries < levelTries; tries += 1) {
    const live = await liveOf(client, generation);
    if (!live || live.version !== generation.version || !position || !isAfter(position, live.position))
      return;
    await pauseUnless(undefined, levelPauseMs);
  }
}

async function rowsWrongInLive(
  client: pg.Client,
  projection: Projection,
  options: FoldOptions,
): Promise<number> {
  const { tables, unfoldable } = await onSnapshot(client, () => verifyLive(client, projection, options));
  return tables.reduce((sum, { differences }) => sum + differences, unfoldable.length);
}

async function liveOf(
  client: pg.Client,
  { projection }: Generation,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Live | undefined> {
  const { rows } = await client.query<
    Generation & { commit_position: string; prepare_position: string; parked: number }
  >(
    `SELECT projection, generation, version, schema_name AS schema, commit_position, prepare_position,
       (SELECT count(*)::int FROM projection.parked p
        WHERE p.projection = g.projection AND p.generation = g.generation) AS parked
     FROM projection.generation g WHERE projection = $1 AND live ${lock}`,
    [projection],
  );
  const [row] = rows;
  return row && { ...row, position: positionOf(row.commit_position, row.prepare_position) };
}

/** @throws Error when the writer met an event that this process does not know */
export function failIfStopped(writer: GenerationWriter): void {
  if (writer.stoppedBecause !== undefined)
    throw new Error(`the rebuild of '${writer.projection.name}' met an ${writer.stoppedBecause}`);
}
