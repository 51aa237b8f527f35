import {
  Environment,
  logLevels,
  tracesUrlFrom,
  variables,
  type LogLevel,
  type VariableName,
} from '@spil/config';
import { readTrustedDocuments, type TrustedDocuments } from '../../coordination-service/src/index.js';
import { proofConfig, type ProofConfig } from '../../projection-worker/src/proof/proof-config.js';

/** What can be chosen for the embedded default; it says nothing of what that makes itself. */
export interface StandaloneConfig {
  /** Of GraphQL; undefined where nothing is said. */
  readonly port: number | undefined;
  /** Of the worker's health; 0 takes a free port. */
  readonly workerPort: number;
  /** Undefined where nothing is said: a start that goes well prints where Spil is and nothing else. */
  readonly logLevel: LogLevel | undefined;
  readonly trustedDocuments: TrustedDocuments | undefined;
  /** Rhythm and witnesses of checkpoints. */
  readonly checkpoints: Omit<ProofConfig, 'key'>;
  readonly tracesUrl: string | undefined;
}

/** The variables that mean here what they mean to service and worker. */
const chosen: readonly VariableName[] = [
  'SPIL_PORT',
  'SPIL_WORKER_PORT',
  'SPIL_LOG_LEVEL',
  'SPIL_TRUSTED_DOCUMENTS_FILE',
  'SPIL_CHECKPOINT_SECONDS',
  'SPIL_WITNESSES_FILE',
  'SPIL_TRACES_URL',
];

/** A checkpoint may be looked at soon after the first start. */
const secondsBetweenCheckpoints = 10;

/**
 * Reads the variables that one may set for the embedded default; see `variables` of `@spil/config`. Where its parts are, who they log in
 * as and which keys they have it decides itself, so that a variable which says otherwise is refused rather than not heard.
 * @throws ConfigError
 */
export function standaloneConfig(values: Readonly<Record<string, string | undefined>>): StandaloneConfig {
  const environment = new Environment(values);
  for (const name of Object.keys(variables) as VariableName[])
    if (!chosen.includes(name) && (values[name] ?? values[`${name}_FILE`]) !== undefined)
      environment.problem(name, 'is not for the embedded default, which decides this itself');
  const port = environment.optional('SPIL_PORT') === undefined ? undefined : environment.port('SPIL_PORT', 0);
  const { checkpointSeconds, witnesses } = proofConfig(environment, {
    keyRequired: false,
    checkpointSeconds: secondsBetweenCheckpoints,
  });
  const logLevel = environment.optional('SPIL_LOG_LEVEL');
  const config: StandaloneConfig = {
    port,
    workerPort: environment.port('SPIL_WORKER_PORT', 0),
    logLevel: logLevel === undefined ? undefined : environment.oneOf('SPIL_LOG_LEVEL', logLevels, 'error'),
    trustedDocuments: readTrustedDocuments(environment),
    checkpoints: { checkpointSeconds, witnesses },
    tracesUrl: tracesUrlFrom(environment, values),
  };
  environment.check();
  return config;
}
