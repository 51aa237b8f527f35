import 'reflect-metadata';
import { migrateAuditStore } from '@spil/audit';
import { ConfigError, type VariableName } from '@spil/config';
import { migrateKeyStore } from '@spil/event-store';
import { migrateReadModel } from '@spil/read-model';
import { migrationConfig } from './config.js';

/** What an owner could not bring up to date, by the variable that says where it is. */
class NotMigrated extends Error {
  constructor(variable: VariableName, cause: unknown) {
    // A refused connection to a name with several addresses has a code and no message.
    const { message, code } = cause as NodeJS.ErrnoException;
    super(`${variable}: ${message || (code ?? String(cause))}`, { cause });
    this.name = 'NotMigrated';
  }
}

/**
 * Brings the databases up to date as their owners and ends, so that the worker and the service need no owner's password. Changes
 * nothing when they are up to date, and several may run at once. Does not rebuild read models; `rebuild` does.
 * @throws ConfigError, NotMigrated
 */
async function migrate(): Promise<void> {
  const config = migrationConfig(process.env);
  await upToDate('The data keys are up to date.', 'SPIL_KEYS_OWNER_DATABASE_URL', () =>
    migrateKeyStore(config.keysOwnerDatabaseUrl, { serviceRole: config.keysServiceRole }),
  );
  await upToDate('The audit database is up to date.', 'SPIL_AUDIT_OWNER_DATABASE_URL', () =>
    migrateAuditStore(config.auditOwnerDatabaseUrl, {
      serviceRole: config.auditServiceRole,
      workerRole: config.auditWorkerRole,
    }),
  );
  await upToDate('The read models are up to date.', 'SPIL_READ_OWNER_DATABASE_URL', () =>
    migrateReadModel(config.readOwnerDatabaseUrl, { worker: config.workerRole, service: config.serviceRole }),
  );
}

async function upToDate(done: string, variable: VariableName, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    throw new NotMigrated(variable, error);
  });
  console.log(done);
}

try {
  await migrate();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotMigrated)) throw error;
  for (const line of error instanceof ConfigError ? error.problems : [error.message])
    console.error(`migrate: ${line}`);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
