import type pg from 'pg';
import type { Codec, EventStore, Position, StoredEvent } from '@spil/event-store';
import { createTable, projections, quoted } from '@spil/read-model';
import { copyTables, finishTables, nothingLater, type Later } from './bulk-fill.js';
import { compareTables, type TableVerdict } from './compare-tables.js';
import { deliver, isAfter } from './delivery.js';
import { contentError, describe } from './generation-writer.js';
import type { Projection } from './projection.js';
import { tabulated } from './rows.js';

export interface FoldOptions {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** Documents folded in memory at most; where there are more, the log is read several times. */
  readonly documentsInMemory?: number;
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A stream whose events make no sense to this release, though the read model took them in. */
export interface Unfoldable {
  readonly stream: string;
  readonly revision: bigint;
  readonly error: string;
}

/** One filling of a read model, as far as it is filled. */
export interface Filling {
  readonly schema: string;
  readonly position: Position | undefined;
  /** Revision from which on a stream is missing in the rows. */
  readonly parked: ReadonlyMap<string, bigint>;
}

/** How the rows of a filling compare to their events. */
export interface FoldVerdict {
  readonly events: number;
  readonly unfoldable: readonly Unfoldable[];
  readonly tables: readonly TableVerdict[];
  /** Every row is as its events make it. */
  readonly equal: boolean;
}

const fresh = 'pg_temp';
const entriesPerCopy = 10_000;
/** How much of the work is reading; the rest is comparing. */
const readingShare = 0.9;

/**
 * Compares every row of a filling with a fresh fold of the log up to the filling's position. Runs in the caller's transaction, whose
 * snapshot holds still what is compared, and leaves temporary tables in it: roll it back.
 * @throws EventStoreUnavailable; Error when the log holds an event of a type that this release does not know
 */
export async function compareWithFreshFold(
  client: pg.Client,
  projection: Projection,
  filling: Filling,
  options: FoldOptions,
): Promise<FoldVerdict> {
  const tables = projections[projection.name].tables;
  await client.query(
    [`SET LOCAL TimeZone = 'UTC'`, ...tables.map((table) => createTable(table, fresh))].join(';'),
  );
  const folded = await foldAfresh(client, projection, filling, options);
  const verdicts: TableVerdict[] = [];
  await client.query(`ANALYZE ${tables.map(({ name }) => `${quoted(fresh)}.${name}`).join(', ')}`);
  for (const [at, table] of tables.entries()) {
    verdicts.push(await compareTables(client, table, { actual: filling.schema, expected: fresh }));
    options.onProgress?.(readingShare + ((1 - readingShare) * (at + 1)) / tables.length);
  }
  return {
    ...folded,
    tables: verdicts,
    equal: folded.unfoldable.length === 0 && verdicts.every(({ differences }) => differences === 0),
  };
}

/** Fills the temporary tables from the beginning of the log, as many streams at a time as memory is meant to hold. */
async function foldAfresh(
  client: pg.Client,
  projection: Projection,
  filling: Filling,
  options: FoldOptions,
): Promise<Pick<FoldVerdict, 'events' | 'unfoldable'>> {
  const { documentsInMemory = 200_000, onProgress } = options;
  const parts = Math.max(
    1,
    Math.ceil((await documentCount(client, projection, filling)) / documentsInMemory),
  );
  const later = nothingLater();
  const unfoldable: Unfoldable[] = [];
  let events = 0;
  for (let part = 0; part < parts; part += 1) {
    const takes = (stream: string): boolean => parts === 1 || hashOf(stream) % parts === part;
    const folded = await foldPart(client, projection, filling, options, {
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
  { position: end, parked }: Filling,
  { store, codec }: FoldOptions,
  part: {
    readonly takes: (stream: string) => boolean;
    readonly later: Later;
    readonly onProgress: (share: number) => void;
  },
): Promise<{ events: number; unfoldable: Unfoldable[] }> {
  const documents = new Map<string, unknown>();
  const unfoldable = new Map<string, Unfoldable>();
  let entries: unknown[] = [];
  let recordedMax: Date | undefined;
  let events = 0;
  let seen = 0;
  const copyEntries = async (): Promise<void> => {
    await copyTables(client, fresh, tabulated(projection, [], entries), part.later);
    entries = [];
  };
  for await (const stored of upTo(store, projection.eventTypes, end)) {
    seen += 1;
    if (seen % 1_000 === 0 && end) part.onProgress(Number(stored.position.commit) / Number(end.commit));
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
  await copyTables(client, fresh, tabulated(projection, changes, []), part.later);
  return { events, unfoldable: [...unfoldable.values()] };
}

async function* upTo(
  store: FoldOptions['store'],
  eventTypes: readonly string[],
  end: Position | undefined,
): AsyncGenerator<StoredEvent> {
  if (end === undefined) return;
  for await (const stored of store.readAll({ eventTypes })) {
    if (isAfter(stored.position, end)) return;
    yield stored;
  }
}

async function documentCount(
  client: pg.Client,
  { documents }: Projection,
  { schema }: Filling,
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
