import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The time in which this process is too busy to hear the answer counts as well, and a start can take seconds. */
const answerMs = 10_000;
const goodbyeMs = 1_000;

/** The database did not answer a connection in time. Try again later. */
export class DatabaseSilent extends Error {
  constructor(milliseconds: number, options: { readonly cause: unknown }) {
    super(
      `the database did not answer a connection within ${milliseconds / 1_000} s: look whether it runs and can be reached, and whether this machine is overloaded`,
      options,
    );
    this.name = 'DatabaseSilent';
  }
}

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
 * @param work gets a signal, too, that ends when the connection breaks; for what goes on without asking the database
 * @throws ConnectionBroken, DatabaseSilent; whatever connecting or the work fails with
 */
export async function withConnection<Result>(
  config: pg.ClientConfig & { readonly application_name: string },
  work: (client: pg.Client, broken: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const patienceMs = config.connectionTimeoutMillis ?? answerMs;
  const client = new pg.Client({ ...config, connectionTimeoutMillis: patienceMs });
  const broken = new AbortController();
  // Nobody waits for a connection between two statements, and an error event without a listener ends the process.
  client.on('error', (error) => broken.abort(error));
  try {
    await client.connect().catch((cause: unknown) => {
      throw isTimeout(cause) ? new DatabaseSilent(patienceMs, { cause }) : cause;
    });
    return await work(client, broken.signal);
  } catch (error) {
    const { aborted, reason } = broken.signal as { aborted: boolean; reason: unknown };
    throw aborted ? new ConnectionBroken(config.application_name, { cause: reason }) : error;
  } finally {
    // A database that hangs says no goodbye.
    await Promise.race([client.end(), pause(goodbyeMs, undefined, { ref: false })]);
  }
}

/** The client's only word for it is this message. */
const isTimeout = (error: unknown): boolean => error instanceof Error && error.message === 'timeout expired';

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
