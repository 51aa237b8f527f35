import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ensureDatabase,
  ensureRole,
  spawnEventNode,
  startPostgres,
  type PostgresOptions,
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
  const postgres = await supervisePostgres(
    { dir: join(dataFolder, 'postgres'), superuserPassword: secrets.superuser, onLog: log },
    log,
  );
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

interface Part {
  /** Resolves when its process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** A part that is kept running until it is stopped. */
interface Supervised<Running extends Part> {
  /** As it was started first; where it listens never changes. */
  readonly first: Running;
  readonly stop: () => Promise<void>;
}

/** Keeps Postgres running on one port: whatever ends it, it recovers from its log when it is started again. */
const supervisePostgres = async (
  options: PostgresOptions,
  log: (line: string) => void,
): Promise<Pick<RunningPostgres, 'url' | 'stop'>> => {
  const { first, stop } = await supervise(
    'Postgres',
    (previous?: RunningPostgres) => startPostgres({ ...options, ...(previous && { port: previous.port }) }),
    log,
  );
  return { url: (database, role) => first.url(database, role), stop };
};

/** Keeps an event node running on one port: it fails stop on a storage fault, and is started again. */
const superviseEventNode = async (
  databaseUrl: string,
  log: (line: string) => void,
): Promise<Pick<SpawnedEventNode, 'connectionString' | 'stop'>> => {
  const { first, stop } = await supervise(
    'the event node',
    (previous?: SpawnedEventNode) =>
      spawnEventNode({ databaseUrl, onLog: log, ...(previous && { port: previous.port }) }),
    log,
  );
  return { connectionString: first.connectionString, stop };
};

/** Milliseconds between two tries to start a part again. */
const restartMs = 500;

async function supervise<Running extends Part>(
  name: string,
  start: (previous?: Running) => Promise<Running>,
  log: (line: string) => void,
): Promise<Supervised<Running>> {
  const first = await start();
  let running = first;
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  const asked = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const keepUp = async (): Promise<void> => {
    while (!stopped()) {
      await Promise.race([running.exited, asked]);
      if (stopped()) return;
      log(`${name} ended; starting it again`);
      running = await started(running);
    }
  };
  /** A new one; the one before when it is stopped meanwhile. */
  const started = async (previous: Running): Promise<Running> => {
    for (;;) {
      try {
        return await start(previous);
      } catch (error) {
        log(String(error));
        if (stopped()) return previous;
        await pause(restartMs);
      }
    }
  };
  const supervision = keepUp();
  return {
    first,
    stop: async () => {
      stopping.abort();
      await supervision;
      await running.stop();
    },
  };
}

async function stopAll(
  node: Pick<SpawnedEventNode, 'stop'>,
  postgres: Pick<RunningPostgres, 'stop'>,
): Promise<void> {
  await node.stop();
  await postgres.stop();
}
