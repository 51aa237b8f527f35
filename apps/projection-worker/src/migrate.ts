import 'reflect-metadata';
import { migrateAuditStore } from '@spil/audit';
import { ConfigError } from '@spil/config';
import { migrateKeyStore } from '@spil/event-store';
import { migrateReadModel } from '@spil/read-model';
import { migrationConfig } from './config.js';

/**
 * Brings the databases up to date as their owners and ends, so that the worker and the service need no owner's password. Changes
 * nothing when they are up to date, and several may run at once. Does not rebuild read models; `rebuild` does.
 */
async function migrate(): Promise<void> {
  const config = migrationConfig(process.env);
  await migrateKeyStore(config.keysOwnerDatabaseUrl, { serviceRole: config.keysServiceRole });
  console.log('The data keys are up to date.');
  await migrateAuditStore(config.auditOwnerDatabaseUrl, {
    serviceRole: config.auditServiceRole,
    workerRole: config.auditWorkerRole,
  });
  console.log('The audit database is up to date.');
  await migrateReadModel(config.readOwnerDatabaseUrl, {
    worker: config.workerRole,
    service: config.serviceRole,
  });
  console.log('The read models are up to date.');
}

try {
  await migrate();
} catch (error) {
  for (const line of error instanceof ConfigError ? error.problems : [String(error)])
    console.error(`migrate: ${line}`);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
