import { types } from 'node:util';

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

/** How an error is known: by its code, of SQLSTATE or of the operating system, or, where the driver gives none, by how its text begins. */
interface Signs {
  readonly codes: RegExp;
  readonly texts: readonly string[];
}

/** SQLSTATE classes: 08 connection, 57P the server ends it. */
const lost: Signs = {
  codes: /^(?:08[0-9A-Z]{3}|57P[0-9A-Z]{2}|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
  texts: ['Connection terminated', 'Client has encountered a connection error'],
};

/**
 * SQLSTATE classes: 53 resources, 57 operator intervention and timeouts, 58 system; 25006 is a server that only reads, as after a
 * failover to a standby. ENOENT is a socket that is no file (yet).
 */
const away: Signs = {
  codes: /^(?:(?:53|57|58)[0-9A-Z]{3}|25006|ECONNREFUSED|EADDRNOTAVAIL|EAI_AGAIN|ENOTFOUND|ENOENT)$/,
  texts: [
    'timeout exceeded when trying to connect',
    'timeout expired',
    'There was an error establishing an SSL connection',
    'Query read timeout',
    // Of a request that is still under way while the service stops.
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ],
};

/** Whether an error says that the connection is gone; what was not committed on it is then undone. */
export const isConnectionLoss = (error: unknown): boolean => types.isNativeError(error) && shows(error, lost);

/**
 * Whether an error says that the database is away, frozen, full or only reads, rather than that we erred: trying again later may
 * help. An error of several, as of a name with several addresses, says so when each of them does.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseSilent || error instanceof ConnectionBroken) return true;
  if (!types.isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors))
    return error.errors.length > 0 && error.errors.every(isDatabaseAway);
  return shows(error, lost) || shows(error, away);
}

function shows(error: Error, { codes, texts }: Signs): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return codes.test(code) || texts.some((text) => error.message.startsWith(text));
}
