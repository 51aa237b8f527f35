import type { Pool } from 'pg';

/** To which organisations personal data of a client were shown in these cases (AVG art. 15(1)(c) and 19), by id. */
export async function organisationsShown(
  pool: Pool,
  { caseIds, clientId }: { readonly caseIds: readonly string[]; readonly clientId: string },
): Promise<string[]> {
  const { rows } = await pool.query<{ organisation_id: string }>({
    name: 'organisations-shown',
    text: `SELECT DISTINCT organisation_id FROM access_log.disclosure
      WHERE case_id = ANY ($1::uuid[]) AND subject_id = $2 AND organisation_id IS NOT NULL ORDER BY 1`,
    values: [caseIds, clientId],
  });
  return rows.map((row) => row.organisation_id);
}
