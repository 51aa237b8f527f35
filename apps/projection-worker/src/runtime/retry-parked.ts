import type { Codec, EventStore } from '@spil/event-store';
import { inTransaction, withConnection } from '@spil/postgres';
import {
  checkpointChannel,
  positionOf,
  positionText,
  type Database,
  type ProjectionName,
} from '@spil/read-model';
import { deliver, isAfter, type Delivery } from './delivery.js';
import { describe, PoisonEvent, isFaultOfEvent } from './generation-writer.js';
import { refuseOtherVersion, takeOver } from './load-writer.js';
import type { Projection } from './projection.js';

export type RetryResult =
  | { readonly kind: 'resumed'; readonly events: number }
  | { readonly kind: 'stillParked'; readonly error: string }
  | { readonly kind: 'notParked' };

/**
 * Takes in the events of a parked stream from the one that failed up to where its read model stands, all or none, and
 * lets the stream go on. What it adds to the ledger counts as recorded when the store took it in.
 * @param options.url connection of the role that writes read models
 * @throws EventStoreUnavailable, ConnectionBroken; Error when the live tables are of another version
 */
export async function retryParked(
  projection: Projection,
  stream: string,
  options: {
    readonly store: Pick<EventStore, 'readStream'>;
    readonly codec: Pick<Codec, 'decode'>;
    readonly url: string;
  },
): Promise<RetryResult> {
  try {
    return await withConnection({ connectionString: options.url, application_name: 'spil-retry' }, (client) =>
      inTransaction(client, async () => {
        // The row lock holds the running writer still; the new epoch makes it reload and so forget what it knew of this stream.
        const parked = await client.query<{
          revision: string;
          commit_position: string;
          prepare_position: string;
        }>(
          `SELECT p.revision, g.commit_position, g.prepare_position
         FROM projection.generation g JOIN projection.parked p USING (projection, generation)
         WHERE g.projection = $1 AND g.live AND p.stream = $2 FOR UPDATE`,
          [projection.name, stream],
        );
        const [row] = parked.rows;
        const reached = row && positionOf(row.commit_position, row.prepare_position);
        if (!row || !reached) return { kind: 'notParked' };
        await refuseOtherVersion(client, projection);
        await client.query(
          `DELETE FROM projection.parked p USING projection.generation g
         WHERE p.projection = g.projection AND p.generation = g.generation AND g.live
           AND p.projection = $1 AND p.stream = $2`,
          [projection.name, stream],
        );
        const missed: Delivery[] = [];
        for await (const stored of options.store.readStream(stream, { from: BigInt(row.revision) })) {
          if (isAfter(stored.position, reached)) break;
          missed.push(deliver(stored, options.codec));
        }
        const writer = await takeOver(client, projection);
        await writer.takeInMissed(client, missed);
        await notify(client, projection.name, positionText(reached));
        return { kind: 'resumed', events: missed.length };
      }),
    );
  } catch (error) {
    if (error instanceof PoisonEvent) return { kind: 'stillParked', error: describe(error.cause) };
    if (isFaultOfEvent(error)) return { kind: 'stillParked', error: describe(error) };
    throw error;
  }
}

const notify = (client: Database, projection: ProjectionName, position: string): Promise<unknown> =>
  client.query('SELECT pg_notify($1, $2)', [checkpointChannel, `${projection}=${position}`]);
