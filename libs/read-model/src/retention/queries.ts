import type { ReadDatabase } from '../database.js';

/** A case in which an organisation still holds data though its work ended. */
export interface HeldCase {
  readonly caseId: string;
  readonly clientId: string;
  readonly endedAt: Date;
}

/** Cases whose work ended before a moment and in which the organisation still holds data, those that ended first first. */
export const casesHeld = (
  db: ReadDatabase,
  organisationId: string,
  options: {
    readonly endedBefore: Date;
    readonly first: number;
    /** The last one already seen. */
    readonly after?: string;
  },
): Promise<HeldCase[]> =>
  db.query<HeldCase[]>(
    `SELECT case_id AS "caseId", client_id AS "clientId", ended_at AS "endedAt" FROM read.retention_row r
     WHERE organisation_id = $1 AND NOT erased AND ended_at < $2
       AND ($4::uuid IS NULL OR (ended_at, case_id) >
            (SELECT a.ended_at, a.case_id FROM read.retention_row a WHERE a.case_id = $4 AND a.organisation_id = $1))
     ORDER BY ended_at, case_id LIMIT $3`,
    [organisationId, options.endedBefore, options.first, options.after ?? null],
  );

/** The client of a case in which the organisation recorded something, and every such case of that client, also where it was erased since. */
export async function clientCases(
  db: ReadDatabase,
  organisationId: string,
  caseId: string,
): Promise<{ readonly clientId: string; readonly caseIds: readonly string[] } | undefined> {
  const rows = await db.query<{ clientId: string; caseId: string }[]>(
    `SELECT r.client_id AS "clientId", r.case_id AS "caseId" FROM read.retention_row r
     JOIN read.retention_row named USING (client_id, organisation_id)
     WHERE named.case_id = $1 AND named.organisation_id = $2 ORDER BY r.case_id`,
    [caseId, organisationId],
  );
  return rows[0] && { clientId: rows[0].clientId, caseIds: rows.map((row) => row.caseId) };
}

/** Every case of a client in which the organisation recorded something, also where it was erased since. */
export const casesOfClient = async (
  db: ReadDatabase,
  organisationId: string,
  clientId: string,
): Promise<string[]> =>
  (
    await db.query<{ caseId: string }[]>(
      'SELECT case_id AS "caseId" FROM read.retention_row WHERE client_id = $1 AND organisation_id = $2 ORDER BY case_id',
      [clientId, organisationId],
    )
  ).map(({ caseId }) => caseId);
