import pg from 'pg';
import { Fenced } from './generation-writer.js';
import { pauseUnless } from './pause.js';

const standbyPollMs = 300;

/** Runs on one connection; the signal also ends when the connection does. */
export async function withConnection(
  url: string,
  applicationName: string,
  stopping: AbortSignal,
  run: (client: pg.Client, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 3_000,
    // A database that hangs is as good as gone; the lead is then anyone's.
    query_timeout: 30_000,
    keepAlive: true,
  });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('the database connection ended')));
  try {
    await client.connect();
    await run(client, AbortSignal.any([stopping, lost.signal]));
  } catch (error) {
    throw lost.signal.aborted && !(error instanceof Fenced) ? (lost.signal.reason as unknown) : error;
  } finally {
    // One that is lost already, or hangs, has no goodbye to wait for.
    await Promise.race([client.end(), pauseUnless(lost.signal, 1_000)]);
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
