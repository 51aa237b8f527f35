import type { Pool } from 'pg';

/** The newest signed checkpoint with the cosignatures that have come in, as a signed note; undefined before the first. */
export async function publishedCheckpoint(audit: Pool): Promise<string | undefined> {
  const { rows } = await audit.query<{ note: string }>(
    `SELECT note || coalesce(
       (SELECT string_agg(line || E'\\n', '' ORDER BY witness)
        FROM proof.cosignature WHERE cosignature.size = checkpoint.size), '') AS note
     FROM proof.checkpoint ORDER BY size DESC LIMIT 1`,
  );
  return rows[0]?.note;
}

/** Public key that the newest checkpoint was signed with; undefined before the first. */
export async function publishedLogKey(audit: Pool): Promise<string | undefined> {
  const { rows } = await audit.query<{ log_key: string }>(
    'SELECT log_key FROM proof.checkpoint WHERE log_key IS NOT NULL ORDER BY size DESC LIMIT 1',
  );
  return rows[0]?.log_key;
}
