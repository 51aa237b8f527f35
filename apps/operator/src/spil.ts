import { join, resolve } from 'node:path';
import { ConfigError, Environment, postgresProtocols } from '@spil/config';
import { connectEventStore, createCodec, type Codec, type EventStore } from '@spil/event-store';
import { openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { eventStoreConnection, workerConfig, type WorkerConfig } from '../../projection-worker/src/config.js';
import { readConnections, type Connections } from '../../standalone/src/connections.js';
import { holdDataFolder } from '../../standalone/src/data-folder.js';
import { exists } from '../../standalone/src/files.js';
import {
  nodeCredentials,
  startInfrastructure,
  type Infrastructure,
} from '../../standalone/src/infrastructure.js';
import { ensureSecrets } from '../../standalone/src/secrets.js';
import { UsageError } from './answer.js';

/** The Spil that a command works on, as far as the operator says where its parts are. */
export interface Spil {
  /** In words, for example `running on .spil`. */
  readonly name: string;
  readonly eventStore: WorkerConfig['eventStore'];
  /** Read database, as the role that writes the read models. */
  readonly readUrl: string;
  /** Read database, as the role that owns the read models. */
  readonly ownerUrl: string | undefined;
  readonly keysUrl: string | undefined;
}

/** Where to look for Spil: a data folder of the embedded default, or else the environment. */
export interface Whereabouts {
  readonly data?: string;
}

/** Where the embedded default keeps its data unless told otherwise. */
export const usualFolder = '.spil';

/** The data folder that is meant; undefined when the environment describes a deployment and no folder was named. */
export function folderOf({ data }: Whereabouts): string | undefined {
  if (data !== undefined) return data;
  const { SPIL_EVENT_STORE_URL: url, SPIL_EVENT_STORE_URL_FILE: file } = process.env;
  return url === undefined && file === undefined ? usualFolder : undefined;
}

/**
 * Does work on the Spil that is meant: a deployment by its environment variables, or the embedded default by its folder, whose
 * Postgres and event node are started for as long as the work takes when Spil does not run.
 * @throws UsageError, ConfigError, DataFolderInUse
 */
export async function withSpil<Result>(
  whereabouts: Whereabouts,
  work: (spil: Spil) => Promise<Result>,
): Promise<Result> {
  const folder = folderOf(whereabouts);
  if (folder === undefined) return work(deployed());
  if (!(await exists(join(folder, 'secrets')))) throw noSpilIn(folder);
  const running = await readConnections(resolve(folder));
  if (running !== undefined) return work(embedded(`running on ${folder}`, running));
  return withInfrastructure(folder, (parts) => work(embedded(`stopped, on ${folder}`, parts)));
}

/** Nothing to work on, and what to do about it. */
export const noSpilIn = (folder: string): UsageError =>
  new UsageError(
    `there is no Spil in ${resolve(folder)}: start one with npm start, name its folder with --data DIR, or set SPIL_EVENT_STORE_URL and the other variables of a deployment`,
  );

function deployed(): Spil {
  // What only concerns a program that stays is left out.
  const config = workerConfig({ ...process.env, SPIL_WORKER_PORT: undefined, SPIL_LOG_LEVEL: undefined });
  const environment = new Environment(process.env);
  const keysUrl = environment.optionalUrl('SPIL_KEYS_DATABASE_URL', postgresProtocols);
  environment.check();
  return {
    name: 'the deployment that the environment describes',
    eventStore: config.eventStore,
    readUrl: config.readDatabaseUrl,
    ownerUrl: config.readOwnerDatabaseUrl,
    keysUrl,
  };
}

const embedded = (name: string, parts: Connections | Omit<Infrastructure, 'stop'>): Spil => ({
  name,
  eventStore: { url: parts.eventStoreUrl, ...nodeCredentials },
  readUrl: parts.readWorkerUrl,
  ownerUrl: parts.readOwnerUrl,
  keysUrl: parts.keysUrl,
});

async function withInfrastructure<Result>(
  dataFolder: string,
  work: (infrastructure: Infrastructure) => Promise<Result>,
): Promise<Result> {
  const folder = await holdDataFolder(dataFolder, { fresh: false });
  try {
    console.error(
      `Spil does not run on ${dataFolder}: starting its Postgres and event node for this command.`,
    );
    const printed: string[] = [];
    const infrastructure = await startInfrastructure(
      folder.path,
      await ensureSecrets(folder.path),
      (line) => void printed.push(line),
    ).catch((error: unknown) => {
      throw new Error(printed.slice(-20).join('\n') || 'Postgres or the event node did not start', {
        cause: error,
      });
    });
    try {
      return await work(infrastructure);
    } finally {
      await infrastructure.stop();
    }
  } finally {
    await folder.release();
  }
}

/** The owner's connection. @throws ConfigError */
export function ownerUrlOf({ ownerUrl }: Spil): string {
  if (ownerUrl === undefined)
    throw new ConfigError(['SPIL_READ_OWNER_DATABASE_URL is not set: a rebuild makes and drops tables']);
  return ownerUrl;
}

/** The log of a Spil, opened for a command. */
export async function withEventStore<Result>(
  { eventStore }: Spil,
  work: (log: { readonly store: EventStore; readonly codec: Codec }) => Promise<Result>,
): Promise<Result> {
  const store = connectEventStore(eventStoreConnection({ eventStore }));
  try {
    return await work({ store, codec: createCodec() });
  } finally {
    await store.close();
  }
}

/** The read models of a Spil, opened for a command. */
export async function withReadModels<Result>(
  { readUrl }: Spil,
  work: (database: ReadDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openReadDatabase(readUrl, { poolSize: 2 });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
