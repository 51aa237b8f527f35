import { ConfigError } from '@spil/config';
import { withConnection } from '@spil/postgres';
import type pg from 'pg';
import type { Spil } from './spil.js';

/** The proofs of a Spil as they stand at one moment. @throws ConfigError, ConnectionBroken, DatabaseSilent */
export async function withProofs<Result>(
  { auditUrl }: Spil,
  work: (db: pg.Client) => Promise<Result>,
): Promise<Result> {
  if (auditUrl === undefined)
    throw new ConfigError(['SPIL_AUDIT_DATABASE_URL is not set: the proofs are kept there']);
  return withConnection({ connectionString: auditUrl, application_name: 'spil-proofs' }, async (client) => {
    // The end of the connection rolls it back.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return work(client);
  });
}
