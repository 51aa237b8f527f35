import { ensureDatabase, ensureRole } from '@spil/embedded';
import { migrateReadModel, openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { freshDatabase, testPostgresUrl } from './database.js';

/** A migrated read database of a suite's own. */
export interface TestReadModel {
  readonly ownerUrl: string;
  /** Of the superuser, for faults. */
  readonly adminUrl: string;
  readonly workerUrl: string;
  readonly serviceUrl: string;
  /** Connected as the worker, which sees every case; the service sees those of a reader. */
  readonly db: ReadDatabase;
  drop(): Promise<void>;
}

const password = 'only-for-tests';
const roles = { owner: 'test_read_owner', worker: 'test_read_worker', service: 'test_read_service' };

/** Makes the roles and a migrated database. */
export async function freshReadModel(): Promise<TestReadModel> {
  for (const name of Object.values(roles)) await ensureRole(testPostgresUrl(), { name, password });
  const database = await freshDatabase();
  await ensureDatabase(testPostgresUrl(), new URL(database.url).pathname.slice(1), roles.owner);
  const as = (role: string): string => {
    const url = new URL(database.url);
    url.username = role;
    url.password = password;
    return url.href;
  };
  await migrateReadModel(as(roles.owner), roles);
  const db = await openReadDatabase(as(roles.worker), { poolSize: 4 });
  return {
    ownerUrl: as(roles.owner),
    adminUrl: database.url,
    workerUrl: as(roles.worker),
    serviceUrl: as(roles.service),
    db,
    drop: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}
