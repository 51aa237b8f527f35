import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TokenIssuer } from '@spil/access';
import {
  Environment,
  logLevels,
  postgresProtocols,
  readFileError,
  tracesUrlFrom,
  type LogLevel,
} from '@spil/config';
import { connectionStringProblem, loadKeyRing } from '@spil/event-store';
import { parseTrustedDocuments, type TrustedDocuments } from './api/documents.js';
import { readTokenIssuers } from './auth/read-token-issuers.js';

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
  /** Postgres URL of the role that adds to the logs of the audit database and reads them. */
  readonly auditDatabaseUrl: string;
  /** File with the key-encryption keys. */
  readonly keyRingFile: string;
  /** The list of destroyed keys outside all backups; made at the first start. */
  readonly tombstonesFile: string;
  /** Whose tokens are taken. */
  readonly issuers: readonly TokenIssuer[];
  /** The only documents that run, when there is such a list. */
  readonly trustedDocuments?: TrustedDocuments;
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
  const issuers = await readTokenIssuers(environment, { production });
  const tracesUrl = tracesUrlFrom(environment, values);
  const trustedDocuments = readTrustedDocuments(environment);
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
    auditDatabaseUrl: environment.url('SPIL_AUDIT_DATABASE_URL', postgresProtocols),
    keyRingFile: await keyRing(environment),
    tombstonesFile: await tombstones(environment),
    issuers,
    ...(trustedDocuments !== undefined && { trustedDocuments }),
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

/** The list that a variable names; what is wrong with it is noted. */
export function readTrustedDocuments(environment: Environment): TrustedDocuments | undefined {
  const file = environment.optional('SPIL_TRUSTED_DOCUMENTS_FILE');
  const text = file === undefined ? '' : environment.content('SPIL_TRUSTED_DOCUMENTS_FILE', file);
  if (text === '') return undefined;
  const { documents, problems } = parseTrustedDocuments(text);
  for (const problem of problems) environment.problemIn('SPIL_TRUSTED_DOCUMENTS_FILE', problem);
  return documents;
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
