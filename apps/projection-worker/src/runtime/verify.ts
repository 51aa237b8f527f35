import pg from 'pg';
import type { Codec, EventStore, Position, StoredEvent } from '@spil/event-store';
import {
  columnName,
  columnNames,
  createTable,
  positionOf,
  projections,
  quoted,
  type ProjectionName,
  type TableShape,
} from '@spil/read-model';
import { copyTables, finishTables, nothingLater, type Later } from './bulk-fill.js';
import { deliver, isAfter } from './delivery.js';
import { contentError, describe } from './generation-writer.js';
import { liveVersion } from './load-writer.js';
import type { Projection } from './projection.js';

export interface VerifyOptions {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** Connection of a role that reads the read models' tables and may make temporary ones; the worker's will do. */
  readonly url: string;
  /** Documents folded in memory at most; where there are more, the log is read several times. */
  readonly documentsInMemory?: number;
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A row that is not as its events make it. Names places, never what stands there. */
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
  /** SHA-256 over the rows as a fresh fold makes them. */
  readonly freshDigest: string;
  readonly differences: number;
  /** The first differences. */
  readonly examples: readonly RowDifference[];
}

/** A stream whose events make no sense to this release, though the read model took them in. */
export interface Unfoldable {
  readonly stream: string;
  readonly revision: bigint;
  readonly error: string;
}

/** How a read model compares to its events. */
export interface Verdict {
  readonly projection: ProjectionName;
  readonly version: number;
  /** Where in the log both were compared; undefined when nothing was taken in yet. */
  readonly position: Position | undefined;
  readonly events: number;
  /** Streams that are parked: compared as they stood before the event that parked them. */
  readonly parked: number;
  readonly unfoldable: readonly Unfoldable[];
  readonly tables: readonly TableVerdict[];
  /** Every row is as its events make it. */
  readonly equal: boolean;
}

const fresh = 'pg_temp';
const entriesPerCopy = 10_000;
const examplesShown = 10;
/** How much of the work is reading; the rest is comparing. */
const readingShare = 0.9;

/**
 * Compares every row of a read model with a fresh fold of the log, both at the position where the read model stood when this
 * began. Readers and the writer go on meanwhile, and nothing is left behind.
 * @throws EventStoreUnavailable; Error when the live tables are of another version, or the log holds an event of a type
 * that this release does not know
 */
export async function verifyProjection(projection: Projection, options: VerifyOptions): Promise<Verdict> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'spil-verify',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    // One snapshot from the first query to the last: rows and checkpoint were written in one transaction.
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL TimeZone = 'UTC'`);
    const live = await liveGeneration(client, projection);
    const tables = projections[projection.name].tables;
    for (const table of tables) await client.query(createTable(table, fresh));
    const folded = await foldAfresh(client, projection, live, options);
    const verdicts: TableVerdict[] = [];
    for (const [at, table] of tables.entries()) {
      verdicts.push(await compare(client, table, live.schema));
      options.onProgress?.(readingShare + ((1 - readingShare) * (at + 1)) / tables.length);
    }
    return {
      projection: projection.name,
      version: projections[projection.name].version,
      position: live.position,
      parked: live.parked.size,
      ...folded,
      tables: verdicts,
      equal: folded.unfoldable.length === 0 && verdicts.every(({ differences }) => differences === 0),
    };
  } finally {
    // The end of the connection rolls back, and takes the temporary tables along.
    await client.end();
  }
}

interface LiveGeneration {
  readonly schema: string;
  readonly position: Position | undefined;
  /** Revision from which on a stream is missing in the rows. */
  readonly parked: ReadonlyMap<string, bigint>;
}

async function liveGeneration(client: pg.Client, projection: Projection): Promise<LiveGeneration> {
  const { live, known } = await liveVersion(client, projection);
  if (live !== known)
    throw new Error(
      `the tables of '${projection.name}' are of version ${live ?? 'none'}, this release writes version ${known}: rebuild it`,
    );
  const { rows } = await client.query<{
    schema_name: string;
    generation: number;
    commit_position: string;
    prepare_position: string;
  }>(
    `SELECT schema_name, generation, commit_position, prepare_position
     FROM projection.generation WHERE projection = $1 AND live`,
    [projection.name],
  );
  const [row] = rows;
  if (!row)
    throw new Error(`the read model '${projection.name}' has no live tables: migrate the database first`);
  const parked = await client.query<{ stream: string; revision: string }>(
    'SELECT stream, revision FROM projection.parked WHERE projection = $1 AND generation = $2',
    [projection.name, row.generation],
  );
  return {
    schema: row.schema_name,
    position: positionOf(row.commit_position, row.prepare_position),
    parked: new Map(parked.rows.map(({ stream, revision }) => [stream, BigInt(revision)])),
  };
}

/** Fills the temporary tables from the beginning of the log, as many streams at a time as memory is meant to hold. */
async function foldAfresh(
  client: pg.Client,
  projection: Projection,
  live: LiveGeneration,
  options: VerifyOptions,
): Promise<Pick<Verdict, 'events' | 'unfoldable'>> {
  const { documentsInMemory = 200_000, onProgress } = options;
  const parts = Math.max(1, Math.ceil((await documentCount(client, projection, live)) / documentsInMemory));
  const later = nothingLater();
  const unfoldable: Unfoldable[] = [];
  let events = 0;
  for (let part = 0; part < parts; part += 1) {
    const takes = (stream: string): boolean => parts === 1 || hashOf(stream) % parts === part;
    const folded = await foldPart(client, projection, live, options, {
      takes,
      later,
      onProgress: (share) => onProgress?.((readingShare * (part + share)) / parts),
    });
    events += folded.events;
    unfoldable.push(...folded.unfoldable);
  }
  await finishTables(client, fresh, later);
  return { events, unfoldable };
}

async function foldPart(
  client: pg.Client,
  projection: Projection,
  { position: end, parked }: LiveGeneration,
  { store, codec }: VerifyOptions,
  part: {
    readonly takes: (stream: string) => boolean;
    readonly later: Later;
    readonly onProgress: (share: number) => void;
  },
): Promise<{ events: number; unfoldable: Unfoldable[] }> {
  const handled = new Set(projection.eventTypes);
  const documents = new Map<string, unknown>();
  const unfoldable = new Map<string, Unfoldable>();
  let entries: unknown[] = [];
  let recordedMax: Date | undefined;
  let events = 0;
  let seen = 0;
  const copyEntries = async (): Promise<void> => {
    await copyTables(client, fresh, projection.tabulate([], entries), part.later);
    entries = [];
  };
  for await (const stored of upTo(store, end)) {
    seen += 1;
    if (seen % 1_000 === 0 && end) part.onProgress(Number(stored.position.commit) / Number(end.commit));
    if (!handled.has(stored.type)) continue;
    // What is recorded when follows every event of the read model, also those of parked streams and of other parts.
    if (!recordedMax || stored.storedAt > recordedMax) recordedMax = stored.storedAt;
    const { stream, revision } = stored;
    const parkedFrom = parked.get(stream);
    if (!part.takes(stream) || unfoldable.has(stream)) continue;
    if (parkedFrom !== undefined && revision >= parkedFrom) continue;
    const delivery = deliver(stored, codec);
    if (delivery.content.kind === 'unknown')
      throw new Error(
        `the log holds an event that this release does not know: ${delivery.content.description}`,
      );
    events += 1;
    try {
      if (delivery.content.kind !== 'known') throw contentError(delivery);
      const folded = projection.fold(documents.get(stream), { ...delivery.content.event, recordedMax });
      if (folded.document !== undefined) documents.set(stream, folded.document);
      if (folded.entries) entries.push(...folded.entries);
    } catch (cause) {
      unfoldable.set(stream, { stream, revision, error: describe(cause) });
    }
    if (entries.length >= entriesPerCopy) await copyEntries();
  }
  await copyEntries();
  const changes = [...documents].map(([stream, after]) => ({ stream, before: undefined, after }));
  await copyTables(client, fresh, projection.tabulate(changes, []), part.later);
  return { events, unfoldable: [...unfoldable.values()] };
}

async function* upTo(store: VerifyOptions['store'], end: Position | undefined): AsyncGenerator<StoredEvent> {
  if (end === undefined) return;
  for await (const stored of store.readAll()) {
    if (isAfter(stored.position, end)) return;
    yield stored;
  }
}

async function documentCount(
  client: pg.Client,
  { documents }: Projection,
  { schema }: LiveGeneration,
): Promise<number> {
  if (!documents) return 0;
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM ${quoted(schema)}.${documents.table.name}`,
  );
  return Number(rows[0]?.count);
}

/** FNV-1a: spreads streams evenly over the parts. */
function hashOf(stream: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < stream.length; at += 1)
    hash = Math.imul(hash ^ stream.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

async function compare(client: pg.Client, table: TableShape, schema: string): Promise<TableVerdict> {
  await client.query(`ANALYZE ${quoted(fresh)}.${table.name}`);
  const { count, digest } = await digestOf(client, table, schema);
  const { digest: freshDigest } = await digestOf(client, table, fresh);
  const differing =
    digest === freshDigest ? { differences: 0, examples: [] } : await differencesOf(client, table, schema);
  return { table: table.name, rows: count, digest, freshDigest, ...differing };
}

/** The rows of a table; a sum that came to nothing counts as absent, for a fold in larger steps never makes that row. */
const rowsOf = (table: TableShape, schema: string): string =>
  `SELECT ${columnNames(table).join(', ')} FROM ${quoted(schema)}.${table.name}` +
  (table.sum === undefined ? '' : ` WHERE ${columnName(table.sum)} <> 0`);

/** One digest over all rows whatever their order, in two levels, for one string of all hashes could grow too long. */
async function digestOf(
  client: pg.Client,
  table: TableShape,
  schema: string,
): Promise<{ count: number; digest: string }> {
  const { rows } = await client.query<{ count: string; digest: string }>(
    `SELECT coalesce(sum(n), 0) AS count,
            encode(sha256(coalesce(string_agg(part, '' ORDER BY bucket), '')), 'hex') AS digest
     FROM (SELECT get_byte(hash, 0) AS bucket, count(*) AS n, sha256(string_agg(hash, '' ORDER BY hash)) AS part
           FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS hash FROM (${rowsOf(table, schema)}) r) h
           GROUP BY 1) p`,
  );
  return { count: Number(rows[0]?.count), digest: rows[0]?.digest ?? '' };
}

async function differencesOf(
  client: pg.Client,
  table: TableShape,
  schema: string,
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
     FROM (${rowsOf(table, schema)}) live
     FULL JOIN (${rowsOf(table, fresh)}) fresh ON ${keys.map((key) => `live.${key} = fresh.${key}`).join(' AND ')}
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
