import { withConnection } from '@spil/postgres';
import pg from 'pg';
import { accessLogSchema } from '../access-log/schema.js';
import { codeTriesSchema } from '../code-tries/schema.js';
import { policiesSchema } from '../policies/schema.js';
import { proofSchema } from '../proof/schema.js';
import { refusalsSchema } from '../refusals/schema.js';
import type { AuditRoles, AuditSchema } from './audit-schema.js';

export type { AuditRoles } from './audit-schema.js';

/** Every schema of the audit database. They know nothing of one another. */
const schemas: readonly AuditSchema[] = [
  accessLogSchema,
  policiesSchema,
  refusalsSchema,
  proofSchema,
  codeTriesSchema,
];

/**
 * Brings the audit database up to date and gives its roles their rights; safe to call from several processes at once.
 * @param url of the role that owns the database, which no program uses while it runs: that is what keeps the logs append-only
 */
export async function migrateAuditStore(url: string, roles: AuditRoles): Promise<void> {
  await withConnection({ connectionString: url, application_name: 'spil-migrate-audit' }, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('spil.audit.migration'))`);
    await client.query(
      'CREATE TABLE IF NOT EXISTS public.audit_migration (schema text, step integer, PRIMARY KEY (schema, step))',
    );
    for (const schema of schemas) {
      await bringUpToDate(client, schema);
      await client.query(
        schema.rights({
          serviceRole: pg.escapeIdentifier(roles.serviceRole),
          workerRole: pg.escapeIdentifier(roles.workerRole),
        }),
      );
    }
  });
}

async function bringUpToDate(client: pg.Client, { name, steps }: AuditSchema): Promise<void> {
  const { rows } = await client.query<{ done: number }>(
    'SELECT count(*)::int AS done FROM public.audit_migration WHERE schema = $1',
    [name],
  );
  for (const [step, sql] of steps.entries()) {
    if (step < (rows[0]?.done ?? 0)) continue;
    await client.query(
      `BEGIN; ${sql}; INSERT INTO public.audit_migration VALUES (${pg.escapeLiteral(name)}, ${step}); COMMIT`,
    );
  }
}
