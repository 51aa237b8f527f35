import { migrateAuditStore } from '@spil/audit';
import { ensureDatabase, ensureRole } from '@spil/embedded';
import { freshDatabase, testPostgresUrl } from './database.js';

/** A migrated audit database of a suite's own. */
export interface TestAuditStore {
  readonly ownerUrl: string;
  /** As the service: adds and reads. */
  readonly serviceUrl: string;
  readonly workerUrl: string;
  drop(): Promise<void>;
}

const password = 'only-for-tests';
const owner = 'test_audit_owner';
const roles = { serviceRole: 'test_audit_service', workerRole: 'test_audit_worker' };

/** Makes the roles and a migrated database. */
export async function freshAuditStore(): Promise<TestAuditStore> {
  for (const name of [owner, ...Object.values(roles)])
    await ensureRole(testPostgresUrl(), { name, password });
  const database = await freshDatabase();
  await ensureDatabase(testPostgresUrl(), new URL(database.url).pathname.slice(1), owner);
  const as = (role: string): string => {
    const url = new URL(database.url);
    url.username = role;
    url.password = password;
    return url.href;
  };
  await migrateAuditStore(as(owner), roles);
  return {
    ownerUrl: as(owner),
    serviceUrl: as(roles.serviceRole),
    workerUrl: as(roles.workerRole),
    drop: () => database.drop(),
  };
}
