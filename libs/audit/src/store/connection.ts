import pg from 'pg';

/**
 * Runs `work` on a connection to the audit database of its own, which is closed after it.
 * @throws Error when the connection breaks in the middle of the work; whatever connecting or the work fails with
 */
export async function withConnection(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const broken: Error[] = [];
  // Nobody waits for a connection between two statements, and an error event without a listener ends the process.
  client.on('error', (error) => broken.push(error));
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    const [cause] = broken;
    throw cause === undefined ? error : new Error('the connection to the audit database broke', { cause });
  } finally {
    await client.end();
  }
}
