import { Environment, logLevels, postgresProtocols, tracesUrlFrom, type LogLevel } from '@spil/config';
import { connectionStringProblem, type EventStoreConnection } from '@spil/event-store';
import { proofConfig, type ProofConfig } from './proof/proof-config.js';

/** What the worker needs to know of its surroundings. */
export interface WorkerConfig {
  readonly eventStore: { readonly url: string; readonly user: string; readonly password: string };
  /** Postgres URL of the role that writes read models. */
  readonly readDatabaseUrl: string;
  /** Postgres URL of the role that owns them. With it the worker migrates at its start and rebuilds what changed version. */
  readonly readOwnerDatabaseUrl?: string;
  /** Postgres URL of the audit database, in the worker's role there; the proofs are kept in it. */
  readonly auditDatabaseUrl?: string;
  /** How they are signed; without it the tree grows and nothing is signed. */
  readonly proof?: ProofConfig;
  /** Database role of the coordination service, which may read the read models; `spil_service` unless given. */
  readonly serviceRole?: string;
  /** TCP port for health and metrics; 0 takes a free one. */
  readonly port: number;
  /** Address to listen on for health and metrics; loopback unless given. */
  readonly host?: string;
  /** `warn` unless given. */
  readonly logLevel?: LogLevel;
  /** Receives the log, one JSON object a line; standard output when left out. */
  readonly log?: (line: string) => void;
  /** Where traces are sent by OTLP over HTTP; nothing is traced without it. */
  readonly tracesUrl?: string;
}

/** What a migration needs to know: the owners of the three databases, and the roles that get rights there. */
export interface MigrationConfig {
  readonly readOwnerDatabaseUrl: string;
  readonly workerRole: string;
  readonly serviceRole: string;
  readonly keysOwnerDatabaseUrl: string;
  readonly keysServiceRole: string;
  readonly auditOwnerDatabaseUrl: string;
  readonly auditServiceRole: string;
  readonly auditWorkerRole: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment of the worker; see `variables` of `@spil/config`. @throws ConfigError */
export function workerConfig(values: Values): WorkerConfig {
  const environment = new Environment(values);
  const url = environment.required('SPIL_EVENT_STORE_URL');
  const wrong = url === '' ? undefined : connectionStringProblem(url);
  if (wrong !== undefined) environment.problem('SPIL_EVENT_STORE_URL', wrong);
  const readOwnerDatabaseUrl = environment.optionalUrl('SPIL_READ_OWNER_DATABASE_URL', postgresProtocols);
  const auditDatabaseUrl = environment.optionalUrl('SPIL_AUDIT_DATABASE_URL', postgresProtocols);
  const tracesUrl = tracesUrlFrom(environment, values);
  const config: WorkerConfig = {
    eventStore: {
      url,
      user: environment.required('SPIL_EVENT_STORE_USER'),
      password: environment.required('SPIL_EVENT_STORE_PASSWORD'),
    },
    readDatabaseUrl: environment.url('SPIL_READ_DATABASE_URL', postgresProtocols),
    ...(readOwnerDatabaseUrl !== undefined && { readOwnerDatabaseUrl }),
    ...(auditDatabaseUrl !== undefined && {
      auditDatabaseUrl,
      proof: proofConfig(environment, { keyRequired: values.NODE_ENV === 'production' }),
    }),
    serviceRole: environment.optional('SPIL_READ_SERVICE_ROLE') ?? defaultRoles.readService,
    port: environment.port('SPIL_WORKER_PORT', 4001),
    host: environment.optional('SPIL_WORKER_HOST') ?? '127.0.0.1',
    logLevel: environment.oneOf('SPIL_LOG_LEVEL', logLevels, 'info'),
    ...(tracesUrl !== undefined && { tracesUrl }),
  };
  environment.check();
  return config;
}

/** Reads and checks the environment of a migration. @throws ConfigError */
export function migrationConfig(values: Values): MigrationConfig {
  const environment = new Environment(values);
  const config: MigrationConfig = {
    readOwnerDatabaseUrl: environment.url('SPIL_READ_OWNER_DATABASE_URL', postgresProtocols),
    workerRole: environment.optional('SPIL_READ_WORKER_ROLE') ?? defaultRoles.readWorker,
    serviceRole: environment.optional('SPIL_READ_SERVICE_ROLE') ?? defaultRoles.readService,
    keysOwnerDatabaseUrl: environment.url('SPIL_KEYS_OWNER_DATABASE_URL', postgresProtocols),
    keysServiceRole: environment.optional('SPIL_KEYS_SERVICE_ROLE') ?? defaultRoles.keysService,
    auditOwnerDatabaseUrl: environment.url('SPIL_AUDIT_OWNER_DATABASE_URL', postgresProtocols),
    auditServiceRole: environment.optional('SPIL_AUDIT_SERVICE_ROLE') ?? defaultRoles.auditService,
    auditWorkerRole: environment.optional('SPIL_AUDIT_WORKER_ROLE') ?? defaultRoles.auditWorker,
  };
  environment.check();
  return config;
}

/** Database roles as `docker/postgres` makes them. */
const defaultRoles = {
  readWorker: 'spil_worker',
  readService: 'spil_service',
  keysService: 'spil_keys',
  auditService: 'spil_audit_service',
  auditWorker: 'spil_audit_worker',
};

/** How the event store library wants to be told where the log is. */
export const eventStoreConnection = ({
  eventStore: { url, user, password },
}: Pick<WorkerConfig, 'eventStore'>): EventStoreConnection => ({
  connectionString: url,
  credentials: { username: user, password },
});
