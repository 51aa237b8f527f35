import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureDatabase,
  ensureRole,
  spawnEventNode,
  startPostgres,
  type SpawnedEventNode,
} from '@spil/embedded';
import { migrateReadModel } from '@spil/read-model';
import pg from 'pg';
import type { Report } from './report.js';

/** What every measurement gets: a Postgres of its own, and where to tell. */
export interface Bench {
  readonly report: Report;
  /** 1 for the sizes that count; less for trying the bench itself. */
  readonly scale: number;
  /** Of all that is random. */
  readonly seed: number;
  /** How long memory is watched. */
  readonly minutes: number;
  /** Makes an empty database and gives its URL. */
  database(name: string): Promise<string>;
  /** Makes a migrated read database. */
  readDatabase(name: string): Promise<ReadDatabaseUrls>;
  /** Runs an event node on a database for as long as the work lasts. */
  withNode<Result>(databaseUrl: string, work: (node: SpawnedEventNode) => Promise<Result>): Promise<Result>;
  /** URL of the superuser, for administration. */
  readonly adminUrl: string;
}

export interface ReadDatabaseUrls {
  readonly owner: string;
  readonly worker: string;
  readonly service: string;
}

/** Sent with every call: keeps the official client on its unary path, as Spil itself does. */
export const credentials = { username: 'admin', password: 'changeit' };

const readRoles = { worker: 'bench_worker', service: 'bench_service' };
const password = 'bench';

/** Starts Postgres in a folder that is removed at the end, and runs the measurements in it. */
export async function inPlace(
  report: Report,
  sizes: Pick<Bench, 'scale' | 'seed' | 'minutes'>,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-bench-'));
  await chmod(folder, 0o711);
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), superuserPassword: password });
  try {
    for (const name of Object.values(readRoles))
      await ensureRole(postgres.url('postgres'), { name, password });
    const database = async (name: string): Promise<string> => {
      await ensureDatabase(postgres.url('postgres'), name);
      return postgres.url(name);
    };
    await work({
      report,
      ...sizes,
      adminUrl: postgres.url('postgres'),
      database,
      readDatabase: async (name) => {
        const owner = await database(name);
        await migrateReadModel(owner, readRoles);
        return {
          owner,
          worker: postgres.url(name, { user: readRoles.worker, password }),
          service: postgres.url(name, { user: readRoles.service, password }),
        };
      },
      withNode: async (databaseUrl, run) => {
        const node = await spawnEventNode({ databaseUrl, onLog: () => undefined });
        try {
          return await run(node);
        } finally {
          await node.stop();
        }
      },
    });
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs on one connection of its own. */
export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
