import { ConfigError } from '@spil/config';
import pg from 'pg';
import type { Spil } from './spil.js';

/** The proofs of a Spil as they stand at one moment. @throws ConfigError */
export async function withProofs<Result>(
  { auditUrl }: Spil,
  work: (db: pg.Client) => Promise<Result>,
): Promise<Result> {
  if (auditUrl === undefined)
    throw new ConfigError(['SPIL_AUDIT_DATABASE_URL is not set: the proofs are kept there']);
  const client = new pg.Client({ connectionString: auditUrl, connectionTimeoutMillis: 5_000 });
  let broken: Error | undefined;
  client.on('error', (error) => {
    broken = error;
  });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(client);
  } catch (error) {
    throw broken ?? error;
  } finally {
    await client.end();
  }
}
