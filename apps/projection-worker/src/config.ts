import { readFileSync } from 'node:fs';
import { types } from 'node:util';
import type { EventStoreConnection } from '@spil/event-store';
import { tracesUrlFrom, TracesUrlInvalid } from '@spil/telemetry';

export const logLevels = ['error', 'warn', 'info', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the worker needs to know of its surroundings. */
export interface WorkerConfig {
  readonly eventStore: { readonly url: string; readonly user: string; readonly password: string };
  /** Postgres URL of the role that writes read models. */
  readonly readDatabaseUrl: string;
  /** Postgres URL of the role that owns them. With it the worker migrates at its start and rebuilds what changed version. */
  readonly readOwnerDatabaseUrl?: string;
  /** Database role of the coordination service, which may read the read models; `spil_service` unless given. */
  readonly serviceRole?: string;
  /** TCP port for health and metrics; 0 takes a free one. */
  readonly port: number;
  /** Address to listen on for health and metrics; loopback unless given. */
  readonly host?: string;
  /** `warn` unless given. */
  readonly logLevel?: LogLevel;
  /** Where traces are sent by OTLP over HTTP; nothing is traced without it. */
  readonly tracesUrl?: string;
}

/** The environment does not say what it must. The message is one line and names the variable. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

const postgres = ['postgres:', 'postgresql:'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment. Every variable may also be given as `<NAME>_FILE`, the path of a file that holds it.
 * @throws ConfigurationError
 */
export function workerConfig(env: Environment): WorkerConfig {
  const level = optional(env, 'SPIL_LOG_LEVEL') ?? 'info';
  const logLevel = logLevels.find((known) => known === level);
  const tracesUrl = tracesOf(env);
  const readOwnerDatabaseUrl = optionalDatabaseUrl(env, 'SPIL_READ_OWNER_DATABASE_URL');
  if (!logLevel) throw new ConfigurationError(`SPIL_LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  return {
    eventStore: {
      url: urlOf(env, 'SPIL_EVENT_STORE_URL', [
        'esdb:',
        'esdb+discover:',
        'kurrentdb:',
        'kurrentdb+discover:',
      ]),
      user: required(env, 'SPIL_EVENT_STORE_USER'),
      password: required(env, 'SPIL_EVENT_STORE_PASSWORD'),
    },
    readDatabaseUrl: urlOf(env, 'SPIL_READ_DATABASE_URL', postgres),
    ...(readOwnerDatabaseUrl !== undefined && { readOwnerDatabaseUrl }),
    serviceRole: optional(env, 'SPIL_READ_SERVICE_ROLE') ?? 'spil_service',
    port: portOf(env, 'SPIL_WORKER_PORT'),
    host: optional(env, 'SPIL_WORKER_HOST') ?? '127.0.0.1',
    logLevel,
    ...(tracesUrl !== undefined && { tracesUrl }),
  };
}

function tracesOf(env: Environment): string | undefined {
  try {
    return tracesUrlFrom(env);
  } catch (error) {
    throw error instanceof TracesUrlInvalid ? new ConfigurationError(error.message) : error;
  }
}

/** How the event store library wants to be told where the log is. */
export const eventStoreConnection = ({
  eventStore: { url, user, password },
}: Pick<WorkerConfig, 'eventStore'>): EventStoreConnection => ({
  connectionString: url,
  credentials: { username: user, password },
});

function optional(env: Environment, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (file) return fileText(`${name}_FILE`, file);
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function fileText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = types.isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigurationError(`${name} names a file that cannot be read (${code}): ${path}`);
  }
}

/** A variable that must be set. @throws ConfigurationError */
export function required(env: Environment, name: string): string {
  const value = optional(env, name);
  if (value === undefined) throw new ConfigurationError(`${name} is not set (nor ${name}_FILE)`);
  return value;
}

/** A Postgres URL that may be missing. @throws ConfigurationError when it is there and none */
export const optionalDatabaseUrl = (env: Environment, name: string): string | undefined =>
  optional(env, name) === undefined ? undefined : urlOf(env, name, postgres);

function urlOf(env: Environment, name: string, protocols: readonly string[]): string {
  const value = required(env, name);
  // A list of cluster nodes is no URL, but begins like one. The value may hold a password and is not shown.
  const protocol = /^[a-z+]+:(?=\/\/.)/.exec(value)?.[0];
  if (protocol === undefined || !protocols.includes(protocol))
    throw new ConfigurationError(
      `${name} must begin with ${protocols.map((each) => `${each}//`).join(' or ')}`,
    );
  return value;
}

function portOf(env: Environment, name: string): number {
  const value = required(env, name);
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new ConfigurationError(`${name} must be a port number from 0 to 65535, not '${value}'`);
  return port;
}
