import { EventStoreDBClient } from '@eventstore/db-client';

/** Options of a connection string that the client knows, in lower case. It would ignore any other, after printing the whole string. */
const options: ReadonlySet<string> = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
]);

/** As the client wants it: the names that KurrentDB gave to the same protocol are newer than the client. */
export const forClient = (connectionString: string): string =>
  connectionString.replace(/^kurrentdb(?=(\+discover)?:)/, 'esdb');

/**
 * What is wrong with a connection string, to be read after the name of the variable that holds it; undefined when nothing is.
 * Does not connect, and does not repeat the string, which may hold a password.
 */
export function connectionStringProblem(connectionString: string): string | undefined {
  if (!/^(esdb|kurrentdb)(\+discover)?:\/\/[^/?]/.test(connectionString))
    return 'must begin with esdb://HOST, esdb+discover://HOST or the same with kurrentdb';
  const query = connectionString.split('?', 2)[1] ?? '';
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = ''] = pair.split('=', 1);
    if (!options.has(name.toLowerCase().replace(/[_-]/g, '')))
      return `has an option that is not known: ${name}`;
  }
  try {
    EventStoreDBClient.connectionString(forClient(connectionString));
    return undefined;
  } catch (error) {
    if (isParseError(error))
      return `is no connection string: at character ${error.location[0] + 1} it should have ${error.expected}`;
    return `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The client's own class for this is not exported; its message quotes the string. */
const isParseError = (error: unknown): error is { location: readonly [number, number]; expected: string } =>
  typeof error === 'object' &&
  error !== null &&
  'location' in error &&
  Array.isArray(error.location) &&
  'expected' in error &&
  typeof error.expected === 'string';
