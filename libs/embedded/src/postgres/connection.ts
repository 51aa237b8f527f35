import pg from 'pg';

/**
 * Runs `work` on a connection of its own, which is closed after it. A smaller one than that of `@spil/postgres`, for this library stands
 * alone: it imports nothing of Spil.
 * @throws Error when the connection breaks in the middle of the work; whatever connecting or the work fails with
 */
export async function withConnection(
  url: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const broken: Error[] = [];
  // Nobody waits for a connection between two statements, and an error event without a listener ends the process.
  client.on('error', (error) => broken.push(error));
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    const [cause] = broken;
    throw cause === undefined ? error : new Error('the connection to Postgres broke', { cause });
  } finally {
    await client.end();
  }
}
