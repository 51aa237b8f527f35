import { ensureRole } from '@spil/embedded';
import { migrateReadModel, openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { freshDatabase, testPostgresUrl } from './database.js';

/** A migrated read database of a suite's own. */
export interface TestReadModel {
  readonly ownerUrl: string;
  readonly workerUrl: string;
  readonly serviceUrl: string;
  /** Connected as the service. */
  readonly db: ReadDatabase;
  drop(): Promise<void>;
}

const password = 'only-for-tests';
const roles = { worker: 'test_read_worker', service: 'test_read_service' };

/** Makes the roles and a migrated database; the owner is the superuser of the test server. */
export async function freshReadModel(): Promise<TestReadModel> {
  for (const name of Object.values(roles)) await ensureRole(testPostgresUrl(), { name, password });
  const database = await freshDatabase();
  await migrateReadModel(database.url, roles);
  const as = (role: string): string => {
    const url = new URL(database.url);
    url.username = role;
    url.password = password;
    return url.href;
  };
  const db = await openReadDatabase(as(roles.service), { poolSize: 4 });
  return {
    ownerUrl: database.url,
    workerUrl: as(roles.worker),
    serviceUrl: as(roles.service),
    db,
    drop: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}
