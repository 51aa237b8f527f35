import { Environment, postgresProtocols } from '@spil/config';
import { connectionStringProblem } from '@spil/event-store';
import type { WorkerConfig } from '../../projection-worker/src/config.js';

/** A deployment, as its environment variables describe it to the tool. */
export interface DeploymentConfig {
  readonly eventStore: WorkerConfig['eventStore'];
  /** Of the role that writes the read models. */
  readonly readDatabaseUrl: string;
  /** Of the role that owns the read models; only a rebuild needs it. */
  readonly readOwnerDatabaseUrl: string | undefined;
  /** Only its state is looked at. */
  readonly keysDatabaseUrl: string | undefined;
  /** Only its state is looked at. */
  readonly auditDatabaseUrl: string | undefined;
}

type Values = Readonly<Record<string, string | undefined>>;

/** Reads and checks where the parts of a deployment are. @throws ConfigError */
export function deploymentConfig(values: Values): DeploymentConfig {
  const environment = new Environment(values);
  const url = environment.required('SPIL_EVENT_STORE_URL');
  const wrong = url === '' ? undefined : connectionStringProblem(url);
  if (wrong !== undefined) environment.problem('SPIL_EVENT_STORE_URL', wrong);
  const config: DeploymentConfig = {
    eventStore: {
      url,
      user: environment.required('SPIL_EVENT_STORE_USER'),
      password: environment.required('SPIL_EVENT_STORE_PASSWORD'),
    },
    readDatabaseUrl: environment.url('SPIL_READ_DATABASE_URL', postgresProtocols),
    readOwnerDatabaseUrl: environment.optionalUrl('SPIL_READ_OWNER_DATABASE_URL', postgresProtocols),
    keysDatabaseUrl: environment.optionalUrl('SPIL_KEYS_DATABASE_URL', postgresProtocols),
    auditDatabaseUrl: environment.optionalUrl('SPIL_AUDIT_DATABASE_URL', postgresProtocols),
  };
  environment.check();
  return config;
}

/** The local issuer of a deployment for trying out. @throws ConfigError */
export function issuerConfig(values: Values): { file: string; issuer: string; audience: string } {
  const environment = new Environment(values);
  const config = {
    file: environment.required('SPIL_TOKEN_LOCAL_ISSUER_FILE'),
    issuer: environment.required('SPIL_TOKEN_ISSUER'),
    audience: environment.required('SPIL_TOKEN_AUDIENCE'),
  };
  environment.check();
  return config;
}

/** Where a deployment takes the pilot in. @throws ConfigError */
export function pilotConfig(values: Values): { graphqlUrl: string; readUrl: string } {
  const environment = new Environment(values);
  const config = {
    graphqlUrl: environment.url('SPIL_GRAPHQL_URL', ['http:', 'https:']),
    readUrl: environment.url('SPIL_READ_DATABASE_URL', postgresProtocols),
  };
  environment.check();
  return config;
}
