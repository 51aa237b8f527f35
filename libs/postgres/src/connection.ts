import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';
import pg from 'pg';
import { ConnectionBroken, DatabaseSilent, isConnectionLoss } from './faults.js';

/** The time in which this process is too busy to hear the answer counts as well, and a start can take seconds. */
const answerMs = 10_000;
const goodbyeMs = 1_000;

/**
 * Runs `work` on a connection of its own, which is closed after it. Connecting and closing end by themselves, within 10 s and 1 s;
 * statements only where the configuration has a `query_timeout`.
 * @param config.application_name names the work, also in an error
 * @param work gets a signal, too, that ends when the connection breaks; for what goes on without asking the database
 * @throws ConnectionBroken when the work failed because the connection broke; DatabaseSilent; whatever else connecting or the work
 * fails with
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
    const comesOfIt = aborted && causesOf(error).some((cause) => cause === reason || isConnectionLoss(cause));
    throw comesOfIt ? new ConnectionBroken(config.application_name, { cause: reason }) : error;
  } finally {
    // A database that hangs says no goodbye, and a socket that waits for it would keep this process from ending.
    await Promise.race([client.end(), pause(goodbyeMs, undefined, { ref: false })]);
    client.connection.stream.destroy();
  }
}

/** The client's only word for it is this message. */
const isTimeout = (error: unknown): boolean => error instanceof Error && error.message === 'timeout expired';

/** An error and what it says it was caused by, outermost first. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined; at = types.isNativeError(at) ? at.cause : undefined) causes.push(at);
  return causes;
}

/** Runs in one transaction, which is rolled back when it fails. */
export async function inTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  return orRollBack(client, async () => {
    const result = await work();
    await client.query('COMMIT');
    return result;
  });
}

/** Runs on one snapshot of the database; what it writes, temporary tables too, is rolled back. */
export async function onSnapshot<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const result = await orRollBack(client, work);
  await client.query('ROLLBACK');
  return result;
}

async function orRollBack<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await client.query('ROLLBACK').catch((refusal: unknown) => {
      if (!isConnectionLoss(refusal))
        throw new Error('the transaction could not be rolled back', { cause: error });
    });
    throw error;
  }
}
