import { EntitySchema, EntitySchemaOptions } from 'typeorm';

/** Column types that the read models use; each travels to the database as text or as its own array. */
export type ColumnType =
  'uuid' | 'text' | 'text[]' | 'int4' | 'int8' | 'bool' | 'date' | 'timestamptz' | 'jsonb';

/** A read-model table: one definition yields the statements, the hot writes and the TypeORM entity. */
export interface TableShape {
  readonly name: string;
  /** Property of a row -> column type; the column is called like the property, in snake case. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly nullable: readonly string[];
  readonly key: readonly string[];
  /** Indexes beside the primary key, as `[USING ...] (columns) [WHERE ...]`. */
  readonly indexes: readonly string[];
  /** Column that grows by what is written, where rows are contributions to one sum. */
  readonly sum: string | undefined;
  /** Column that holds sealed fields by path, of which those under a destroyed key are emptied. */
  readonly sealed: string | undefined;
  /** Whether the service may read it. */
  readonly published: boolean;
  /**
   * What row level security lets a reader see. `CASE`: rows of cases that the reader may see; they have a column `case_id`.
   * `STANDING`: the reader's own standings. Undefined: every row.
   */
  readonly guard: 'CASE' | 'STANDING' | undefined;
}

/** A table that remembers the type of its rows. */
export interface Table<Row extends object> extends TableShape {
  readonly rows?: readonly Row[];
}

interface TableDefinition<Row extends object> {
  readonly name: string;
  readonly columns: { readonly [Property in keyof Row & string]: ColumnType };
  readonly nullable?: readonly (keyof Row & string)[];
  readonly key: readonly (keyof Row & string)[];
  readonly indexes?: readonly string[];
  readonly sum?: keyof Row & string;
  readonly sealed?: keyof Row & string;
  readonly published?: boolean;
  readonly guard?: 'CASE' | 'STANDING';
}

/** Defines a table; the compiler holds its columns to the row type. */
export const defineTable = <Row extends object>(table: TableDefinition<Row>): Table<Row> => ({
  nullable: [],
  indexes: [],
  published: true,
  sum: undefined,
  guard: undefined,
  sealed: undefined,
  ...table,
});

/** `registrationCode` -> `registration_code`. */
export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** Column names in the order of the definition, which is also the order of every write. */
export const columnNames = (table: TableShape): string[] => Object.keys(table.columns).map(columnName);

const keyColumns = (table: TableShape): string[] => table.key.map(columnName);

const typeOf = (table: TableShape, property: string): ColumnType => {
  const type = table.columns[property];
  if (!type) throw new Error(`table ${table.name} has no column for ${property}`);
  return type;
};

/** A table without key or indexes: the fastest to COPY into. */
export function createTable(table: TableShape, schema: string): string {
  const columns = Object.keys(table.columns).map((property) => {
    const type = typeOf(table, property);
    const collation = type === 'text' ? ' COLLATE "C"' : '';
    const optional = table.nullable.includes(property) ? '' : ' NOT NULL';
    return `${columnName(property)} ${type}${collation}${optional}`;
  });
  // Rows that are rewritten again and again stay on their page when it has room, and then touch no index.
  return `CREATE TABLE ${quoted(schema)}.${table.name} (${columns.join(', ')}) WITH (fillfactor = 80)`;
}

/** Key and indexes of a table that was filled bare. */
export const createIndexes = (table: TableShape, schema: string): string[] => [
  `ALTER TABLE ${quoted(schema)}.${table.name} ADD PRIMARY KEY (${keyColumns(table).join(', ')})`,
  ...table.indexes.map((index) => `CREATE INDEX ON ${quoted(schema)}.${table.name} ${index}`),
];

/** The pointer that readers follow to the live generation of a table. Through it a guarded table is read in the reader's own right. */
export const createView = (table: TableShape, schema: string): string =>
  `CREATE VIEW read.${table.name} ${table.guard === undefined ? '' : 'WITH (security_invoker = true) '}AS SELECT ${columnNames(table).join(', ')} FROM ${quoted(schema)}.${table.name}`;

/** Arrays of arrays cannot be unnested by row: an array travels as its text. */
const transport = (type: ColumnType): string => (type === 'text[]' ? 'text' : type);

/**
 * Writes rows given as one parameter per column: inserts new ones, replaces changed ones, adds up sums. Documents travel as
 * one JSON array, which spares both sides the quoting of every quote.
 */
export function upsert(table: TableShape, schema: string): string {
  const names = columnNames(table);
  const target = `${quoted(schema)}.${table.name}`;
  const columns = Object.entries(table.columns).map(([property, type], at) => ({
    name: columnName(property),
    value: type === 'text[]' ? `r.${columnName(property)}::text[]` : `r.${columnName(property)}`,
    source:
      type === 'jsonb'
        ? `jsonb_array_elements($${at + 1}::jsonb)`
        : `unnest($${at + 1}::${transport(type)}[])`,
  }));
  const changing = names.filter((name) => !keyColumns(table).includes(name));
  const sum = table.sum === undefined ? undefined : columnName(table.sum);
  const set = changing.map((name) =>
    name === sum ? `${name} = t.${name} + excluded.${name}` : `${name} = excluded.${name}`,
  );
  return (
    `INSERT INTO ${target} AS t (${names.join(', ')}) SELECT ${columns.map(({ value }) => value).join(', ')} ` +
    `FROM ROWS FROM (${columns.map(({ source }) => source).join(', ')}) AS r(${names.join(', ')}) ` +
    `ON CONFLICT (${keyColumns(table).join(', ')}) DO ` +
    (set.length === 0 ? 'NOTHING' : `UPDATE SET ${set.join(', ')}`)
  );
}

/** Removes rows by key, given as one array per key column. */
export function remove(table: TableShape, schema: string): string {
  const keys = table.key;
  const arrays = keys.map((property, at) => `$${at + 1}::${typeOf(table, property)}[]`);
  const match = keys.map((property) => `t.${columnName(property)} = k.${columnName(property)}`);
  return (
    `DELETE FROM ${quoted(schema)}.${table.name} AS t USING unnest(${arrays.join(', ')}) ` +
    `AS k(${keyColumns(table).join(', ')}) WHERE ${match.join(' AND ')}`
  );
}

/** A destroyed data key, and the case whose rows hold what it sealed. */
export interface DestroyedKeyOf {
  readonly caseId: string;
  readonly keyId: string;
}

/** Empties what was sealed under destroyed keys: cases as the first array, keys as the second. What is left says only that there was something. */
export function eraseSealed(table: TableShape, schema: string): string {
  if (table.sealed === undefined) throw new Error(`table ${table.name} holds no sealed fields by path`);
  const sealed = `t.${columnName(table.sealed)}`;
  const isErased = `f.value->'sealed'->>'kid' = ANY($2::text[])`;
  return (
    `UPDATE ${quoted(schema)}.${table.name} AS t SET ${columnName(table.sealed)} = ` +
    `(SELECT jsonb_object_agg(f.key, CASE WHEN ${isErased} THEN '{"erased": true}'::jsonb ELSE f.value END) ` +
    `FROM jsonb_each(${sealed}) f) ` +
    `WHERE t.case_id = ANY($1::uuid[]) AND EXISTS (SELECT FROM jsonb_each(${sealed}) f WHERE ${isErased})`
  );
}

/** One parameter per column (or per given property), as {@link upsert} and {@link remove} take them. */
export const columnArrays = (
  table: TableShape,
  rows: readonly object[],
  of: readonly string[] = Object.keys(table.columns),
): string[] =>
  of.map((property) => {
    const type = typeOf(table, property);
    const values = rows.map((row) => wireValue(type, valueOf(row, property)));
    return type === 'jsonb' ? `[${values.join(',')}]` : `{${values.map(arrayElement).join(',')}}`;
  });

const arrayElement = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? quotedElement(value) : value === null ? 'NULL' : String(value);

const quotedElement = (text: string): string =>
  `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

const valueOf = (row: object, property: string): unknown =>
  (row as Readonly<Record<string, unknown>>)[property];

function wireValue(type: ColumnType, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  if (Array.isArray(value)) return arrayLiteral(value.map(String));
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`a column of type ${type} cannot hold a ${typeof value}`);
}

const arrayLiteral = (values: readonly string[]): string => `{${values.map(quotedElement).join(',')}}`;

const copyEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One row in COPY's text format, with its line end. */
export function copyLine(table: TableShape, row: object): string {
  let line = '';
  for (const property in table.columns) {
    const value = wireValue(typeOf(table, property), valueOf(row, property));
    line += `\t${copyField(value)}`;
  }
  return `${line.slice(1)}\n`;
}

function copyField(value: string | number | boolean | null): string {
  if (value === null) return '\\N';
  const text = String(value);
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (found) => copyEscapes[found] ?? found) : text;
}

export const copyInto = (table: TableShape, schema: string): string =>
  `COPY ${quoted(schema)}.${table.name} (${columnNames(table).join(', ')}) FROM STDIN`;

/** The TypeORM entity over a table's view, for ordinary queries. Nobody writes through it: readers have no rights to. */
export const entityOf = <Row extends object>(table: Table<Row>): EntitySchema<Row> =>
  new EntitySchema<Row>(
    Object.assign(new EntitySchemaOptions<Row>(), {
      name: table.name,
      schema: 'read',
      tableName: table.name,
      columns: Object.fromEntries(
        Object.entries(table.columns).map(([property, type]) => [
          property,
          {
            name: columnName(property),
            type: type === 'text[]' ? 'text' : type,
            array: type === 'text[]',
            primary: table.key.includes(property),
            nullable: table.nullable.includes(property),
          },
        ]),
      ) as EntitySchemaOptions<Row>['columns'],
    }),
  );
