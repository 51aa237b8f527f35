import type pg from 'pg';

/** Keeps a key from being made while its subject is being erased. */
export const subjectLock = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`;

/** Runs in one transaction on a connection of its own. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // The pool listens to idle connections only; an error that nobody listens for ends the process. The query tells it, too.
  const broken = (): void => undefined;
  client.on('error', broken);
  let finished = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    finished = true;
    return result;
  } finally {
    // A connection whose transaction did not finish is closed: its state is unknown.
    client.release(!finished);
    // One that is closed may still break on its way out.
    if (finished) client.off('error', broken);
  }
}
