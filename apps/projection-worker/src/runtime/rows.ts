import {
  columnArrays,
  columnName,
  eraseSealed,
  quoted,
  remove,
  upsert,
  type Database,
  type DestroyedKeyOf,
  type Statement,
  type TableShape,
} from '@spil/read-model';
import type { Change, DocumentPlace, Projection, TableChange } from './projection.js';

const rowsPerStatement = 5_000;

/** No rows can be made of what some events came to: a fault of one of them, which trying again does not mend. */
export class NoRows extends Error {
  constructor(cause: unknown) {
    super('no rows can be made of an event', { cause });
    this.name = 'NoRows';
  }
}

/** @throws NoRows when `make` throws */
export function rowsMade<Rows>(make: () => Rows): Rows {
  try {
    return make();
  } catch (cause) {
    throw new NoRows(cause);
  }
}

/** What a projection makes of changes and entries. @throws NoRows */
export const tabulated = (
  projection: Projection,
  changes: readonly Change<unknown>[],
  entries: readonly unknown[],
): readonly TableChange[] => rowsMade(() => projection.tabulate(changes, entries));

/** What writes the rows of a batch; each row once, each table in one statement as far as it fits. @throws NoRows */
export function* rowStatements(schema: string, changes: readonly TableChange[]): Generator<Statement> {
  for (const { table, rows, removed = [], destroyed = [] } of changes) {
    for (const part of slices(removed))
      yield {
        name: `remove ${schema}.${table.name}`,
        text: remove(table, schema),
        values: rowsMade(() => columnArrays(table, part, table.key)),
      };
    for (const part of slices(rows))
      yield {
        name: `upsert ${schema}.${table.name}`,
        text: upsert(table, schema),
        values: rowsMade(() => columnArrays(table, part)),
      };
    if (destroyed.length > 0) yield emptySealed(schema, table, destroyed);
  }
}

/** Empties rows of what destroyed keys sealed. Nothing is sealed under a key after it was destroyed, so later does as well. */
export const emptySealed = (
  schema: string,
  table: TableShape,
  destroyed: readonly DestroyedKeyOf[],
): Statement => ({
  text: eraseSealed(table, schema),
  values: [destroyed.map(({ caseId }) => caseId), destroyed.map(({ keyId }) => keyId)],
});

function* slices(rows: readonly object[]): Generator<readonly object[]> {
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    yield rows.slice(from, from + rowsPerStatement);
}

/** The documents of streams, by stream; new streams are missing. */
export async function loadDocuments(
  db: Database,
  schema: string,
  place: DocumentPlace,
  streams: readonly string[],
): Promise<Map<string, unknown>> {
  if (streams.length === 0) return new Map();
  const streamOf = new Map(streams.map((stream) => [place.keyOf(stream), stream]));
  const type = place.table.columns[place.key] ?? 'text';
  const { rows } = await db.query({
    name: `load ${schema}.${place.table.name}`,
    text: `SELECT ${columnName(place.key)}::text AS key, ${columnName(place.document)} AS document
     FROM ${quoted(schema)}.${place.table.name} WHERE ${columnName(place.key)} = ANY($1::${type}[])`,
    values: [[...streamOf.keys()]],
  });
  return new Map(
    (rows as { key: string; document: unknown }[]).map(({ key, document }) => [
      streamOf.get(key) ?? key,
      document,
    ]),
  );
}
