import type pg from 'pg';
import { columnName, columnNames, quoted, type TableShape } from '@spil/read-model';

/** A row that is not as it should be. Names places, never what stands there. */
export interface RowDifference {
  readonly kind: 'missing' | 'surplus' | 'different';
  readonly key: Readonly<Record<string, string>>;
  /** The columns that differ; none where the whole row is missing or too many. */
  readonly columns: readonly string[];
}

export interface TableVerdict {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over the rows as they are; equal at two sites exactly when their rows are. */
  readonly digest: string;
  /** SHA-256 over the rows as they should be. */
  readonly freshDigest: string;
  readonly differences: number;
  /** The first differences. */
  readonly examples: readonly RowDifference[];
}

/** A row by its key, and what is wrong with it. */
export function rowNamed({ kind, key, columns }: RowDifference): string {
  const where = Object.entries(key).map(([column, value]) => `${column}=${value}`);
  return `${kind} row ${where.join(' ')}${columns.length > 0 ? ` in ${columns.join(', ')}` : ''}`;
}

const examplesShown = 10;

/** Compares the rows that a table has in one schema with those that it should have, which stand in another. */
export async function compareTables(
  client: pg.Client,
  table: TableShape,
  schemas: { readonly actual: string; readonly expected: string },
): Promise<TableVerdict> {
  const { rows } = await client.query<{ count: string; digest: string }>(
    `${digestOf(table, schemas.actual)} UNION ALL ${digestOf(table, schemas.expected)}`,
  );
  const [{ count, digest } = noRows, { digest: freshDigest } = noRows] = rows;
  const differing =
    digest === freshDigest ? { differences: 0, examples: [] } : await differencesOf(client, table, schemas);
  return { table: table.name, rows: Number(count), digest, freshDigest, ...differing };
}

/** The rows of a table; a sum that came to nothing counts as absent, for a fold in larger steps never makes that row. */
const rowsOf = (table: TableShape, schema: string): string =>
  `SELECT ${columnNames(table).join(', ')} FROM ${quoted(schema)}.${table.name}` +
  (table.sum === undefined ? '' : ` WHERE ${columnName(table.sum)} <> 0`);

const noRows = { count: '0', digest: '' };

/** One digest over all rows whatever their order, in two levels, for one string of all hashes could grow too long. */
const digestOf = (table: TableShape, schema: string): string =>
  `SELECT coalesce(sum(n), 0) AS count,
          encode(sha256(coalesce(string_agg(part, '' ORDER BY bucket), '')), 'hex') AS digest
   FROM (SELECT get_byte(hash, 0) AS bucket, count(*) AS n, sha256(string_agg(hash, '' ORDER BY hash)) AS part
         FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS hash FROM (${rowsOf(table, schema)}) r) h
         GROUP BY 1) p`;

async function differencesOf(
  client: pg.Client,
  table: TableShape,
  { actual, expected }: { readonly actual: string; readonly expected: string },
): Promise<Pick<TableVerdict, 'differences' | 'examples'>> {
  const names = columnNames(table);
  const keys = table.key.map(columnName);
  const [anyKey = ''] = keys;
  const listOf = (side: string): string => `(${names.map((name) => `${side}.${name}`).join(', ')})`;
  const { rows } = await client.query<
    { total: string; kind: RowDifference['kind']; columns: string[] } & Record<string, string>
  >(
    `SELECT count(*) OVER () AS total,
            CASE WHEN live.${anyKey} IS NULL THEN 'missing' WHEN fresh.${anyKey} IS NULL THEN 'surplus'
                 ELSE 'different' END AS kind,
            array_remove(ARRAY[${names
              .map((name) => `CASE WHEN live.${name} IS DISTINCT FROM fresh.${name} THEN '${name}' END`)
              .join(', ')}], NULL) AS columns,
            ${keys.map((key, at) => `coalesce(live.${key}, fresh.${key})::text AS key${at}`).join(', ')}
     FROM (${rowsOf(table, actual)}) live
     FULL JOIN (${rowsOf(table, expected)}) fresh ON ${keys.map((key) => `live.${key} = fresh.${key}`).join(' AND ')}
     WHERE ${listOf('live')} IS DISTINCT FROM ${listOf('fresh')}
     ORDER BY ${keys.map((_, at) => `key${at}`).join(', ')} LIMIT ${examplesShown}`,
  );
  return {
    differences: Number(rows[0]?.total ?? 0),
    examples: rows.map((row) => ({
      kind: row.kind,
      key: Object.fromEntries(keys.map((key, at) => [key, row[`key${at}`] ?? ''])),
      columns: row.kind === 'different' ? row.columns : [],
    })),
  };
}
