import type { Position } from '@spil/event-store';
import { positionOf, projections, type Database, type Generation } from '@spil/read-model';
import { GenerationWriter, type WriterState } from './generation-writer.js';
import type { Projection } from './projection.js';

/**
 * Becomes the writer of a read model's live generation: whoever wrote it before is fenced off from here on. Runs in a
 * transaction of its own. A stop at an unknown event is forgotten: perhaps this process knows it.
 */
export async function takeOver(db: Database, projection: Projection): Promise<GenerationWriter> {
  const { rows } = await db.query(
    `UPDATE projection.generation SET epoch = epoch + 1, stopped_because = NULL
     WHERE projection = $1 AND live RETURNING ${stateColumns}`,
    [projection.name],
  );
  const [row] = rows as StateRow[];
  if (!row)
    throw new Error(`the read model '${projection.name}' has no live tables: migrate the database first`);
  return new GenerationWriter(projection, await stateOf(db, row), { strict: false });
}

/** A strict writer of a generation that is being built. */
export async function builderOf(
  db: Database,
  projection: Projection,
  { generation }: Generation,
): Promise<GenerationWriter> {
  const { rows } = await db.query(
    `SELECT ${stateColumns} FROM projection.generation WHERE projection = $1 AND generation = $2`,
    [projection.name, generation],
  );
  const [row] = rows as StateRow[];
  if (!row) throw new Error(`the read model '${projection.name}' has no generation ${generation}`);
  return new GenerationWriter(projection, await stateOf(db, row), { strict: true });
}

/** Whether the live tables are of the version that this process writes. */
export async function liveVersion(
  db: Database,
  projection: Projection,
): Promise<{ readonly live: number | undefined; readonly known: number }> {
  const { rows } = await db.query(
    'SELECT version FROM projection.generation WHERE projection = $1 AND live',
    [projection.name],
  );
  const [row] = rows as { version: number }[];
  return { live: row?.version, known: projections[projection.name].version };
}

/** @throws Error unless the live tables are of the version that this process writes */
export async function refuseOtherVersion(db: Database, projection: Projection): Promise<void> {
  const { live, known } = await liveVersion(db, projection);
  if (live !== known)
    throw new Error(
      `the tables of '${projection.name}' are of version ${live ?? 'none'}, this release writes version ${known}: rebuild it`,
    );
}

/** How far the live tables are; undefined when they hold nothing yet, or there are none. */
export async function livePosition(db: Database, projection: Projection): Promise<Position | undefined> {
  const { rows } = await db.query(
    'SELECT commit_position, prepare_position FROM projection.generation WHERE projection = $1 AND live',
    [projection.name],
  );
  const [row] = rows as { commit_position: string; prepare_position: string }[];
  return row && positionOf(row.commit_position, row.prepare_position);
}

const stateColumns = `projection, generation, version, schema_name AS schema, live, epoch,
  commit_position, prepare_position, recorded_at`;

interface StateRow extends Omit<WriterState, 'position' | 'recordedMax' | 'parked'> {
  readonly commit_position: string;
  readonly prepare_position: string;
  readonly recorded_at: Date | null;
}

async function stateOf(db: Database, row: StateRow): Promise<WriterState> {
  const { rows } = await db.query(
    'SELECT stream FROM projection.parked WHERE projection = $1 AND generation = $2',
    [row.projection, row.generation],
  );
  return {
    ...row,
    position: positionOf(row.commit_position, row.prepare_position),
    recordedMax: row.recorded_at ?? undefined,
    parked: new Set((rows as { stream: string }[]).map(({ stream }) => stream)),
  };
}
