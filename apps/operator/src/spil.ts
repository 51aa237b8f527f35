import { resolve } from 'node:path';
import { ConfigError } from '@spil/config';
import { connectEventStore, createCodec, type Codec, type EventStore } from '@spil/event-store';
import { openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { eventStoreConnection, type WorkerConfig } from '../../projection-worker/src/config.js';
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
  /** Audit database, as the role that adds to its logs and reads them. */
  readonly auditUrl: string | undefined;
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

/** Nothing to work on, and what to do about it. */
export const noSpilIn = (folder: string): UsageError =>
  new UsageError(
    `there is no Spil in ${resolve(folder)}: start one with npm start, name its folder with --data DIR, or set SPIL_EVENT_STORE_URL and the other variables of a deployment`,
  );

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
