import { join } from 'node:path';
import { discoveryUrlOf, soleIssuer, type LocalIssuer } from '@spil/access';
import { migrateAuditStore } from '@spil/audit';
import { generateKeyRing, migrateKeyStore } from '@spil/event-store';
import { migrateReadModel } from '@spil/read-model';
import { createService, type RunningService } from '../../coordination-service/src/index.js';
import { startWorker, type RunningWorker } from '../../projection-worker/src/start-worker.js';
import { removeConnections, writeConnections } from './connections.js';
import { tombstonesFileName } from './data-folder.js';
import { checkpointKey } from './checkpoint-key.js';
import type { StandaloneConfig } from './config.js';
import { exists } from './files.js';
import {
  auditRoles,
  nodeCredentials,
  readRoles,
  startInfrastructure,
  type Infrastructure,
} from './infrastructure.js';
import { startLoginProvider } from './login/login-provider.js';
import { audience } from './logins.js';
import { ensureSecrets } from './secrets.js';

/** Everything that makes up Spil, running on this machine. */
export interface Stack {
  readonly service: RunningService;
  readonly worker: RunningWorker;
  readonly infrastructure: Infrastructure;
  readonly issuer: LocalIssuer;
  /** Where one logs in. */
  readonly loginUrl: string;
  /** Stops everything in the order in which nothing is lost. */
  stop(): Promise<void>;
}

/**
 * Starts Postgres, the event node, the projection worker and the coordination service below one data folder.
 * `log` receives what the parts print.
 */
export async function startStack(options: {
  dataFolder: string;
  port: number;
  /** Of the login page; the next free one when it is taken. */
  loginPort: number;
  settings: StandaloneConfig;
  log: (line: string) => void;
}): Promise<Stack> {
  const { dataFolder, port, loginPort, settings, log } = options;
  const { logLevel, trustedDocuments } = settings;
  const secrets = await ensureSecrets(dataFolder);
  const infrastructure = await startInfrastructure(dataFolder, secrets, log);
  const stops = [() => infrastructure.stop()];
  const stop = async (): Promise<void> => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    const keyRingFile = join(secrets.folder, 'key-ring.json');
    if (!(await exists(keyRingFile))) await generateKeyRing(keyRingFile);
    const login = await startLoginProvider({
      keyFile: join(secrets.folder, 'token-issuer.json'),
      port: loginPort,
      log,
    });
    stops.push(() => login.stop());
    const { issuer, url: loginUrl } = login;
    await Promise.all([
      migrateKeyStore(infrastructure.keysUrl),
      migrateReadModel(infrastructure.readOwnerUrl, readRoles),
      migrateAuditStore(infrastructure.auditOwnerUrl, auditRoles),
    ]);
    const eventStore = { url: infrastructure.eventStoreUrl, ...nodeCredentials };
    const worker = await startWorker({
      eventStore,
      readDatabaseUrl: infrastructure.readWorkerUrl,
      readOwnerDatabaseUrl: infrastructure.readOwnerUrl,
      auditDatabaseUrl: infrastructure.auditWorkerUrl,
      proof: { ...settings.checkpoints, key: await checkpointKey(secrets.folder) },
      serviceRole: readRoles.service,
      port: settings.workerPort,
      ...(logLevel !== undefined && { logLevel }),
    });
    stops.push(() => worker.stop());
    const service = await createService({
      host: '127.0.0.1',
      port,
      production: false,
      logLevel: logLevel ?? 'error',
      eventStore,
      readDatabaseUrl: infrastructure.readServiceUrl,
      keysDatabaseUrl: infrastructure.keysUrl,
      auditDatabaseUrl: infrastructure.auditServiceUrl,
      keyRingFile,
      tombstonesFile: join(dataFolder, tombstonesFileName),
      issuers: [soleIssuer({ issuer: loginUrl, audience, keys: { discoveryUrl: discoveryUrlOf(loginUrl) } })],
      ...(trustedDocuments !== undefined && { trustedDocuments }),
    });
    stops.push(() => service.close());
    await writeConnections(dataFolder, {
      ...infrastructure,
      graphqlUrl: service.graphqlUrl,
      issuer: loginUrl,
      workerUrl: `http://127.0.0.1:${worker.port}`,
    });
    stops.push(() => removeConnections(dataFolder));
    return { service, worker, infrastructure, issuer, loginUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
