import type pg from 'pg';
import type { Position } from '@spil/event-store';
import { withConnection } from '@spil/postgres';
import { positionOf, projections, type ProjectionName } from '@spil/read-model';
import { compareWithFreshFold, type Filling, type FoldOptions, type FoldVerdict } from './fresh-fold.js';
import { refuseOtherVersion } from './load-writer.js';
import type { Projection } from './projection.js';

export interface VerifyOptions extends FoldOptions {
  /** Connection of a role that reads the read models' tables and may make temporary ones; the worker's will do. */
  readonly url: string;
}

/** How a read model compares to its events. */
export interface Verdict extends FoldVerdict {
  readonly projection: ProjectionName;
  readonly version: number;
  /** Where in the log both were compared; undefined when nothing was taken in yet. */
  readonly position: Position | undefined;
  /** Streams that are parked: compared as they stood before the event that parked them. */
  readonly parked: number;
}

/**
 * Compares every row of a read model with a fresh fold of the log, both at the position where the read model stood when this
 * began. Readers and the writer go on meanwhile, and nothing is left behind.
 * @throws EventStoreUnavailable, ConnectionBroken; Error when the live tables are of another version, or the log holds an event
 * of a type that this release does not know
 */
export function verifyProjection(projection: Projection, options: VerifyOptions): Promise<Verdict> {
  return withConnection(
    { connectionString: options.url, application_name: 'spil-verify' },
    async (client) => {
      // One snapshot from the first query to the last: rows and checkpoint were written in one transaction. The end of the
      // connection rolls it back, and takes the temporary tables along.
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      return verifyLive(client, projection, options);
    },
  );
}

/** As {@link verifyProjection}, in a transaction of the caller with one snapshot, which leaves temporary tables: roll it back. */
export async function verifyLive(
  client: pg.Client,
  projection: Projection,
  options: FoldOptions,
): Promise<Verdict> {
  const live = await liveFilling(client, projection);
  return {
    projection: projection.name,
    version: projections[projection.name].version,
    position: live.position,
    parked: live.parked.size,
    ...(await compareWithFreshFold(client, projection, live, options)),
  };
}

async function liveFilling(client: pg.Client, projection: Projection): Promise<Filling> {
  await refuseOtherVersion(client, projection);
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
