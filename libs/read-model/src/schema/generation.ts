import type { Database } from './connection.js';
import { admitReaders, guardGeneration } from './guard.js';
import { projections, type ProjectionName } from './projections.js';
import { createIndexes, createTable, createView, quoted } from './table.js';

/** One filling of a read model's tables; the service reads the live one through the views in `read`. */
export interface Generation {
  readonly projection: ProjectionName;
  readonly generation: number;
  readonly version: number;
  readonly schema: string;
}

/** Makes the bare tables of a new generation. Runs in the caller's transaction, as the owner. */
export async function createGeneration(db: Database, projection: ProjectionName): Promise<Generation> {
  const { version, tables } = projections[projection];
  const {
    rows: [next],
  } = await db.query(
    'SELECT coalesce(max(generation), 0) + 1 AS generation FROM projection.generation WHERE projection = $1',
    [projection],
  );
  const { generation } = next as { generation: number };
  const schema = `${projection}_v${version}_g${generation}`;
  await db.query(`CREATE SCHEMA ${quoted(schema)}`);
  for (const table of tables) await db.query(createTable(table, schema));
  await db.query(
    'INSERT INTO projection.generation (projection, generation, version, schema_name) VALUES ($1, $2, $3, $4)',
    [projection, generation, version, schema],
  );
  return { projection, generation, version, schema };
}

/** Gives a filled generation its keys, indexes and guard, and the planner its statistics. */
export async function indexGeneration(db: Database, generation: Generation): Promise<void> {
  const { projection, schema } = generation;
  for (const table of projections[projection].tables) {
    for (const statement of createIndexes(table, schema)) await db.query(statement);
    await db.query(`ANALYZE ${quoted(schema)}.${table.name}`);
  }
  await guardGeneration(db, generation);
}

/** Moves the pointer: readers see this generation from the commit on. Runs in the caller's transaction. */
export async function makeLive(db: Database, { projection, generation, schema }: Generation): Promise<void> {
  await db.query('UPDATE projection.generation SET live = false WHERE projection = $1 AND live', [
    projection,
  ]);
  await db.query('UPDATE projection.generation SET live = true WHERE projection = $1 AND generation = $2', [
    projection,
    generation,
  ]);
  for (const table of projections[projection].tables.filter(({ published }) => published)) {
    await db.query(`DROP VIEW IF EXISTS read.${table.name}`);
    await db.query(createView(table, schema));
  }
  await admitReaders(db, projection);
}

/** Removes a generation unless it is live, whatever the caller believes. Runs in the caller's transaction. */
export async function dropGeneration(
  db: Database,
  { projection, generation, schema }: Generation,
): Promise<void> {
  const { rowCount } = await db.query(
    'DELETE FROM projection.generation WHERE projection = $1 AND generation = $2 AND NOT live',
    [projection, generation],
  );
  if (rowCount === 1) await db.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
}

/** The generations of a read model, the live one first. */
export async function generationsOf(
  db: Database,
  projection: ProjectionName,
): Promise<(Generation & { readonly live: boolean })[]> {
  const { rows } = await db.query(
    `SELECT projection, generation, version, schema_name AS schema, live
     FROM projection.generation WHERE projection = $1 ORDER BY live DESC, generation DESC`,
    [projection],
  );
  return rows as (Generation & { live: boolean })[];
}
