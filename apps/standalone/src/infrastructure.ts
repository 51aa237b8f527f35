import { join } from 'node:path';
import {
  ensureDatabase,
  ensureRole,
  spawnEventNode,
  startPostgres,
  type RunningPostgres,
  type SpawnedEventNode,
} from '@spil/embedded';
import type { StandaloneSecrets } from './secrets.js';

/** The real parts, running on this machine: one Postgres with a database and a role per purpose, and an event node. */
export interface Infrastructure {
  readonly eventStoreUrl: string;
  readonly keysUrl: string;
  readonly readOwnerUrl: string;
  readonly readWorkerUrl: string;
  readonly readServiceUrl: string;
  readonly auditOwnerUrl: string;
  readonly auditServiceUrl: string;
  readonly auditWorkerUrl: string;
  /** Stops the event node, then Postgres. */
  stop(): Promise<void>;
}

/** The roles of the read database: who may migrate, who may write, who may only read. */
export const readRoles = {
  owner: 'spil_read_owner',
  worker: 'spil_worker',
  service: 'spil_service',
} as const;

/** The roles of the audit database: who may migrate, who writes down and reads, who keeps the proofs. */
export const auditRoles = {
  ownerRole: 'spil_audit_owner',
  serviceRole: 'spil_audit_service',
  workerRole: 'spil_audit_worker',
} as const;

/** Credentials that the client passes on every call; the embedded node asks for none on the loopback address. */
export const nodeCredentials = { user: 'admin', password: 'changeit' };

/** Starts everything below a data folder, making databases and roles that are missing. */
export async function startInfrastructure(
  dataFolder: string,
  secrets: StandaloneSecrets,
  log: (line: string) => void,
): Promise<Infrastructure> {
  const postgres = await startPostgres({
    dir: join(dataFolder, 'postgres'),
    superuserPassword: secrets.superuser,
    onLog: log,
  });
  const purposes = [
    { database: 'spil_events', owner: 'spil_event_node', password: secrets.eventNode },
    { database: 'spil_keys', owner: 'spil_keys', password: secrets.keys },
    { database: 'spil_read', owner: readRoles.owner, password: secrets.readOwner },
    { database: 'spil_audit', owner: auditRoles.ownerRole, password: secrets.auditOwner },
  ];
  const admin = postgres.url('postgres');
  for (const { database, owner, password } of purposes) {
    await ensureRole(admin, { name: owner, password });
    await ensureDatabase(admin, database, owner);
  }
  await ensureRole(admin, { name: readRoles.worker, password: secrets.readWorker });
  await ensureRole(admin, { name: readRoles.service, password: secrets.readService });
  await ensureRole(admin, { name: auditRoles.serviceRole, password: secrets.auditService });
  await ensureRole(admin, { name: auditRoles.workerRole, password: secrets.auditWorker });

  const url = (database: string, user: string, password: string) =>
    postgres.url(database, { user, password });
  const node = await superviseEventNode(url('spil_events', 'spil_event_node', secrets.eventNode), log);
  return {
    eventStoreUrl: node.connectionString,
    keysUrl: url('spil_keys', 'spil_keys', secrets.keys),
    readOwnerUrl: url('spil_read', readRoles.owner, secrets.readOwner),
    readWorkerUrl: url('spil_read', readRoles.worker, secrets.readWorker),
    readServiceUrl: url('spil_read', readRoles.service, secrets.readService),
    auditOwnerUrl: url('spil_audit', auditRoles.ownerRole, secrets.auditOwner),
    auditServiceUrl: url('spil_audit', auditRoles.serviceRole, secrets.auditService),
    auditWorkerUrl: url('spil_audit', auditRoles.workerRole, secrets.auditWorker),
    stop: () => stopAll(node, postgres),
  };
}

interface SupervisedNode {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** Keeps an event node running on one port: it fails stop on a storage fault, and is started again. */
async function superviseEventNode(databaseUrl: string, log: (line: string) => void): Promise<SupervisedNode> {
  let node = await spawnEventNode({ databaseUrl, onLog: log });
  let stopping = false;
  const supervise = async (): Promise<void> => {
    for (;;) {
      await node.exited;
      if (stopping) return;
      log('the event node ended; starting it again');
      node = await respawn(databaseUrl, node, log, () => stopping);
    }
  };
  const supervision = supervise();
  return {
    connectionString: node.connectionString,
    stop: async () => {
      stopping = true;
      await node.stop();
      await supervision;
    },
  };
}

async function respawn(
  databaseUrl: string,
  previous: SpawnedEventNode,
  log: (line: string) => void,
  stopping: () => boolean,
): Promise<SpawnedEventNode> {
  for (;;) {
    try {
      return await spawnEventNode({ databaseUrl, port: previous.port, onLog: log });
    } catch (error) {
      log(String(error));
      if (stopping()) return previous;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function stopAll(node: SupervisedNode, postgres: RunningPostgres): Promise<void> {
  await node.stop();
  await postgres.stop();
}
