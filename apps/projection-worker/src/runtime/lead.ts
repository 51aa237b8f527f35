import { ConnectionBroken, withConnection } from '@spil/postgres';
import type pg from 'pg';
import { pauseUnless } from './pause.js';

const standbyPollMs = 300;

/**
 * Runs on one connection, which holds the locks of whoever leads; the signal also ends when the connection does.
 * @throws what broke the connection; whatever connecting or the run fails with
 */
export async function whileConnected(
  url: string,
  applicationName: string,
  stopping: AbortSignal,
  run: (client: pg.Client, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const connection = {
    connectionString: url,
    application_name: applicationName,
    // Longer than a busy start keeps this process from hearing the answer, and no longer than a stop may take.
    connectionTimeoutMillis: 5_000,
    // A database that hangs is as good as gone; the lead is then anyone's.
    query_timeout: 30_000,
    keepAlive: true,
  };
  try {
    await withConnection(connection, (client, broken) => run(client, AbortSignal.any([stopping, broken])));
  } catch (error) {
    throw error instanceof ConnectionBroken ? error.cause : error;
  }
}

/** One writer for what the locks stand for: they belong to the connection that also writes, and go when it goes. */
export async function acquireLocks(
  client: pg.Client,
  names: readonly string[],
  signal: AbortSignal,
  onWait: () => void,
): Promise<void> {
  for (const name of names) {
    while (!signal.aborted) {
      const { rows } = await client.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock(hashtext($1)) AS locked',
        [name],
      );
      if (rows[0]?.locked) break;
      onWait();
      await pauseUnless(signal, standbyPollMs);
    }
  }
}
