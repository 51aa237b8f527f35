import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import { openLocalIssuer, type TokenVerifierOptions } from '@spil/access';
import { tracesUrlFrom, TracesUrlInvalid } from '@spil/telemetry';

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
  readonly tokens: TokenVerifierOptions;
  /** Where traces are sent by OTLP over HTTP; nothing is traced without it. */
  readonly tracesUrl?: string;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The environment does not describe a service; each line names one variable and what is wrong with it. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(problems.join('\n'), options);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the configuration from environment variables; for secrets, `<NAME>_FILE` may name a file instead.
 * Says what is wrong without repeating values, for those may be secrets.
 * @throws ConfigError
 */
export async function readConfig(environment: NodeJS.ProcessEnv): Promise<ServiceConfig> {
  const problems: string[] = [];
  const problem = (name: string, what: string): string => {
    problems.push(`${name} ${what}`);
    return '';
  };
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const required = (name: string): string => value(name) ?? problem(name, 'is not set');
  const file = async (name: string, path: string): Promise<string> => {
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (cause) {
      return problem(name, `names a file that cannot be read (${codeOf(cause)})`);
    }
  };
  const secret = async (name: string): Promise<string> => {
    const path = value(`${name}_FILE`);
    return path === undefined ? required(name) : file(`${name}_FILE`, path);
  };
  const url = async (name: string, protocols: readonly string[]): Promise<string> => {
    const text = await secret(name);
    if (text === '') return text;
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    return parsed !== undefined && protocols.includes(parsed.protocol)
      ? text
      : problem(name, `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const text = value(name);
    const found = allowed.find((one) => one === text);
    if (text !== undefined && found === undefined) problem(name, `must be one of ${allowed.join(', ')}`);
    return found ?? otherwise;
  };

  const portText = value('SPIL_PORT') ?? '4000';
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65535)
    problem('SPIL_PORT', 'must be a port number between 0 and 65535');
  const postgres = ['postgres:', 'postgresql:'];
  const [eventStoreUrl, password, readDatabaseUrl, keysDatabaseUrl] = await Promise.all([
    url('SPIL_EVENT_STORE_URL', ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:']),
    secret('SPIL_EVENT_STORE_PASSWORD'),
    url('SPIL_READ_DATABASE_URL', postgres),
    url('SPIL_KEYS_DATABASE_URL', postgres),
  ]);
  const keyRingFile = required('SPIL_KEY_RING_FILE');
  const issuer = required('SPIL_TOKEN_ISSUER');
  const audience = required('SPIL_TOKEN_AUDIENCE');
  const user = required('SPIL_EVENT_STORE_USER');
  const logLevel = oneOf('SPIL_LOG_LEVEL', logLevels, 'info');
  const production = environment.NODE_ENV === 'production';
  const tracesUrl = traces();
  const keys = await tokenKeys();
  if (problems.length > 0) throw new ConfigError(problems);

  return {
    port: Number(portText),
    host: value('SPIL_HOST') ?? '127.0.0.1',
    production,
    logLevel,
    eventStore: { url: eventStoreUrl, user, password },
    readDatabaseUrl,
    keysDatabaseUrl,
    keyRingFile,
    tokens: { issuer, audience, keys },
    ...(tracesUrl !== undefined && { tracesUrl }),
  };

  function traces(): string | undefined {
    try {
      return tracesUrlFrom(environment);
    } catch (cause) {
      if (!(cause instanceof TracesUrlInvalid)) throw cause;
      problems.push(cause.message);
      return undefined;
    }
  }

  async function tokenKeys(): Promise<TokenVerifierOptions['keys']> {
    const none = { keys: [] };
    const keySetFile = value('SPIL_TOKEN_JWKS_FILE');
    const issuerFile = value('SPIL_TOKEN_LOCAL_ISSUER_FILE');
    if (keySetFile !== undefined) {
      const text = await file('SPIL_TOKEN_JWKS_FILE', keySetFile);
      const keySet = text === '' ? none : parseKeySet(text);
      if (keySet === undefined)
        problem('SPIL_TOKEN_JWKS_FILE', 'names a file that holds no JSON Web Key Set');
      return keySet ?? none;
    }
    if (issuerFile === undefined) {
      problem('SPIL_TOKEN_JWKS_FILE', 'is not set (nor is SPIL_TOKEN_LOCAL_ISSUER_FILE, for trying out)');
      return none;
    }
    if (production) {
      problem('SPIL_TOKEN_LOCAL_ISSUER_FILE', 'is not for production; set SPIL_TOKEN_JWKS_FILE instead');
      return none;
    }
    try {
      return (await openLocalIssuer({ file: issuerFile, issuer, audience })).keys;
    } catch (cause) {
      problem('SPIL_TOKEN_LOCAL_ISSUER_FILE', `cannot be used (${codeOf(cause)})`);
      return none;
    }
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

const codeOf = (cause: unknown): string =>
  types.isNativeError(cause) ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
