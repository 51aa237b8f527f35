import type { ReadDatabase } from '../database.js';
import type { ProjectionName } from '../schema/projections.js';
import type { LogPosition } from './position.js';

/** How far a read model is. */
export interface Checkpoint {
  readonly projection: ProjectionName;
  readonly version: number;
  /** Everything up to here is in the rows; undefined when nothing is yet. */
  readonly position: LogPosition | undefined;
  /** The store's own time of the last event in the rows (a running maximum); null when there is none. */
  readonly recordedAt: Date | null;
  /** Why the read model stopped, for example at an event that the worker does not know; null while it runs. */
  readonly stoppedBecause: string | null;
  readonly updatedAt: Date;
}

/** The live generation of every read model. */
export async function checkpoints(db: ReadDatabase): Promise<Checkpoint[]> {
  const rows = await db.query<CheckpointRow[]>('SELECT * FROM read.checkpoint ORDER BY projection');
  return rows.map((row) => ({
    projection: row.projection,
    version: row.version,
    position: positionOf(row.commit_position, row.prepare_position),
    recordedAt: row.recorded_at,
    stoppedBecause: row.stopped_because,
    updatedAt: row.updated_at,
  }));
}

interface CheckpointRow {
  readonly projection: ProjectionName;
  readonly version: number;
  readonly commit_position: string;
  readonly prepare_position: string;
  readonly recorded_at: Date | null;
  readonly stopped_because: string | null;
  readonly updated_at: Date;
}

/** Stored as -1 before the first event. */
export function positionOf(commit: string, prepare: string): LogPosition | undefined {
  const position = { commit: BigInt(commit), prepare: BigInt(prepare) };
  return position.commit < 0n ? undefined : position;
}

/** A stream whose events a read model could not take in; its rows stand still and are marked stale until a retry. */
export interface ParkedStream {
  readonly projection: ProjectionName;
  readonly stream: string;
  /** Of the event that failed; everything from it on is missing in the rows. */
  readonly revision: bigint;
  readonly eventId: string;
  readonly type: string;
  /** Class and message of the failure; never data of the event. */
  readonly error: string;
  readonly parkedAt: Date;
}

/** Every parked stream, longest first. */
export async function parkedStreams(db: ReadDatabase): Promise<ParkedStream[]> {
  const rows = await db.query<ParkedRow[]>('SELECT * FROM read.parked ORDER BY parked_at, stream');
  return rows.map((row) => ({
    projection: row.projection,
    stream: row.stream,
    revision: BigInt(row.revision),
    eventId: row.event_id,
    type: row.type,
    error: row.error,
    parkedAt: row.parked_at,
  }));
}

interface ParkedRow {
  readonly projection: ProjectionName;
  readonly stream: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
  readonly error: string;
  readonly parked_at: Date;
}

/** The cases among the parked streams, by case id: what an answer about them must call stale. */
export const parkedCases = async (
  db: ReadDatabase,
): Promise<(ParkedStream & { readonly caseId: string })[]> =>
  (await parkedStreams(db))
    .filter(({ stream }) => stream.startsWith('case-'))
    .map((parked) => ({ ...parked, caseId: parked.stream.slice('case-'.length) }));
