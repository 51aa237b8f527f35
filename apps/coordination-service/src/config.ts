import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openLocalIssuer, type TokenVerifierOptions } from '@spil/access';
import { Environment, logLevels, postgresProtocols, readFileError, type LogLevel } from '@spil/config';
import { connectionStringProblem, loadKeyRing } from '@spil/event-store';
import { tracesUrlFrom } from '@spil/telemetry';

/** Injection token of the configuration. */
export const CONFIG = Symbol('CONFIG');

/** Everything the service needs to know of its surroundings. */
export interface ServiceConfig {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Hides introspection and refuses what is only for trying out. */
  readonly production: boolean;
  readonly logLevel: LogLevel;
  /** Receives the log, one JSON object a line; standard output when left out. */
  readonly log?: (line: string) => void;
  readonly eventStore: { readonly url: string; readonly user: string; readonly password: string };
  /** Postgres URL of the role that may only read the read models. */
  readonly readDatabaseUrl: string;
  /** Postgres URL of the role that owns the data keys. */
  readonly keysDatabaseUrl: string;
  /** File with the key-encryption keys. */
  readonly keyRingFile: string;
  /** The list of destroyed keys outside all backups; made when it is not there. */
  readonly tombstonesFile: string;
  readonly tokens: TokenVerifierOptions;
  /** Where traces are sent by OTLP over HTTP; nothing is traced without it. */
  readonly tracesUrl?: string;
}

/**
 * Reads the configuration from environment variables; see `variables` of `@spil/config`.
 * Says what is wrong without repeating values, for those may be secrets.
 * @throws ConfigError
 */
export async function readConfig(values: NodeJS.ProcessEnv): Promise<ServiceConfig> {
  const environment = new Environment(values);
  const production = values.NODE_ENV === 'production';
  const eventStoreUrl = environment.required('SPIL_EVENT_STORE_URL');
  const wrong = eventStoreUrl === '' ? undefined : connectionStringProblem(eventStoreUrl);
  if (wrong !== undefined) environment.problem('SPIL_EVENT_STORE_URL', wrong);
  const issuer = environment.required('SPIL_TOKEN_ISSUER');
  const audience = environment.required('SPIL_TOKEN_AUDIENCE');
  const tracesUrl = tracesUrlFrom(values, (name, what) => environment.problem(name, what));
  const config: ServiceConfig = {
    port: environment.port('SPIL_PORT', 4000),
    host: environment.optional('SPIL_HOST') ?? '127.0.0.1',
    production,
    logLevel: environment.oneOf('SPIL_LOG_LEVEL', logLevels, 'info'),
    eventStore: {
      url: eventStoreUrl,
      user: environment.required('SPIL_EVENT_STORE_USER'),
      password: environment.required('SPIL_EVENT_STORE_PASSWORD'),
    },
    readDatabaseUrl: environment.url('SPIL_READ_DATABASE_URL', postgresProtocols),
    keysDatabaseUrl: environment.url('SPIL_KEYS_DATABASE_URL', postgresProtocols),
    keyRingFile: await keyRing(environment),
    tombstonesFile: await tombstones(environment),
    tokens: { issuer, audience, keys: await tokenKeys(environment, { issuer, audience, production }) },
    ...(tracesUrl !== undefined && { tracesUrl }),
  };
  environment.check();
  return config;
}

/** A key ring that cannot be used is told now, not at the first personal text. */
async function keyRing(environment: Environment): Promise<string> {
  const file = environment.required('SPIL_KEY_RING_FILE');
  const text = file === '' ? '' : environment.content('SPIL_KEY_RING_FILE', file);
  if (text !== '')
    await loadKeyRing(file).catch(() =>
      environment.problem('SPIL_KEY_RING_FILE', 'names a file that holds no key ring'),
    );
  return file;
}

/** An erasure that cannot be noted is not carried out, so that this is told now. */
async function tombstones(environment: Environment): Promise<string> {
  const file = environment.required('SPIL_TOMBSTONES_FILE');
  if (file === '') return file;
  await access(dirname(file), constants.W_OK).catch((cause: unknown) =>
    environment.problem(
      'SPIL_TOMBSTONES_FILE',
      `names a file in a folder that cannot be written (${readFileError(cause)})`,
    ),
  );
  return file;
}

async function tokenKeys(
  environment: Environment,
  { issuer, audience, production }: { issuer: string; audience: string; production: boolean },
): Promise<TokenVerifierOptions['keys']> {
  const none = { keys: [] };
  const keySetFile = environment.optional('SPIL_TOKEN_JWKS_FILE');
  const issuerFile = environment.optional('SPIL_TOKEN_LOCAL_ISSUER_FILE');
  if (keySetFile !== undefined) {
    const keySet = parseKeySet(environment.content('SPIL_TOKEN_JWKS_FILE', keySetFile));
    if (keySet === undefined)
      environment.problem('SPIL_TOKEN_JWKS_FILE', 'names a file that holds no JSON Web Key Set');
    return keySet ?? none;
  }
  if (issuerFile === undefined) {
    environment.problem(
      'SPIL_TOKEN_JWKS_FILE',
      'is not set (nor is SPIL_TOKEN_LOCAL_ISSUER_FILE, for trying out)',
    );
    return none;
  }
  if (production) {
    environment.problem(
      'SPIL_TOKEN_LOCAL_ISSUER_FILE',
      'is not for production; set SPIL_TOKEN_JWKS_FILE instead',
    );
    return none;
  }
  try {
    return (await openLocalIssuer({ file: issuerFile, issuer, audience })).keys;
  } catch (cause) {
    environment.problem('SPIL_TOKEN_LOCAL_ISSUER_FILE', `cannot be used (${readFileError(cause)})`);
    return none;
  }
}

function parseKeySet(text: string): TokenVerifierOptions['keys'] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
  if (typeof parsed !== 'object' || parsed === null || !('keys' in parsed) || !Array.isArray(parsed.keys))
    return undefined;
  return { keys: parsed.keys as TokenVerifierOptions['keys']['keys'] };
}
