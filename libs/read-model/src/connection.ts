import pg from 'pg';

/** The connection to the database broke in the middle of the work; what was not committed is undone. Try again later. */
export class ConnectionBroken extends Error {
  constructor(work: string, options: { readonly cause: unknown }) {
    super(`the database connection broke during ${work}`, options);
    this.name = 'ConnectionBroken';
  }
}

/**
 * Runs `work` on a connection of its own, which is closed after it.
 * @param config.application_name names the work, also in an error
 * @throws ConnectionBroken; whatever connecting or the work fails with
 */
export async function withConnection<Result>(
  config: pg.ClientConfig & { readonly application_name: string },
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...config });
  const broken: Error[] = [];
  // Nobody waits for a connection between two statements, and an error event without a listener ends the process.
  client.on('error', (error) => broken.push(error));
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    const [cause] = broken;
    throw cause === undefined ? error : new ConnectionBroken(config.application_name, { cause });
  } finally {
    await client.end();
  }
}

/** Runs in one transaction, which is rolled back when it fails. */
export async function inTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      throw new Error('the transaction could not be rolled back', { cause: error });
    });
    throw error;
  }
}
