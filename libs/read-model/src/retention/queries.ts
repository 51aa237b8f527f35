import type { ReadDatabase } from '../database.js';
import type { Place } from '../place.js';

/** A case in which an organisation still holds data though its work ended. */
export interface HeldCase {
  readonly caseId: string;
  readonly clientId: string;
  readonly endedAt: Date;
}

/** Where it stands among those of its organisation. */
export const placeOfHeld = ({ endedAt, caseId }: HeldCase): Place => ({ at: endedAt, id: caseId });

/** Cases whose work ended before a moment and in which the organisation still holds data, those that ended first first. */
export const casesHeld = (
  db: ReadDatabase,
  organisationId: string,
  options: {
    readonly endedBefore: Date;
    readonly first: number;
    readonly after?: Place;
  },
): Promise<HeldCase[]> =>
  db.query<HeldCase[]>(
    `SELECT case_id AS "caseId", client_id AS "clientId", ended_at AS "endedAt" FROM read.retention_row r
     WHERE organisation_id = $1 AND NOT erased AND ended_at < $2
       AND ($4::timestamptz IS NULL OR (ended_at, case_id) > ($4, $5::uuid))
     ORDER BY ended_at, case_id LIMIT $3`,
    [
      organisationId,
      options.endedBefore,
      options.first,
      options.after?.at ?? null,
      options.after?.id ?? null,
    ],
  );

/** A case in which an organisation recorded something, open or ended, also where it was erased since. */
export interface RecordedCase {
  readonly caseId: string;
  /** When its work ended; null while it is open. */
  readonly endedAt: Date | null;
  readonly erased: boolean;
}

/** The client of a case in which the organisation recorded something, and every such case of that client. */
export async function clientCases(
  db: ReadDatabase,
  organisationId: string,
  caseId: string,
): Promise<{ readonly clientId: string; readonly cases: readonly RecordedCase[] } | undefined> {
  const rows = await db.query<(RecordedCase & { readonly clientId: string })[]>(
    `SELECT r.client_id AS "clientId", r.case_id AS "caseId", r.ended_at AS "endedAt", r.erased FROM read.retention_row r
     JOIN read.retention_row named USING (client_id, organisation_id)
     WHERE named.case_id = $1 AND named.organisation_id = $2 ORDER BY r.case_id`,
    [caseId, organisationId],
  );
  return (
    rows[0] && {
      clientId: rows[0].clientId,
      cases: rows.map(({ caseId: id, endedAt, erased }) => ({ caseId: id, endedAt, erased })),
    }
  );
}

/** The other organisations that recorded something in these cases, by id. */
export async function othersRecording(
  db: ReadDatabase,
  organisationId: string,
  caseIds: readonly string[],
): Promise<string[]> {
  const rows = await db.query<{ organisationId: string }[]>(
    `SELECT DISTINCT organisation_id AS "organisationId" FROM read.retention_row
     WHERE case_id = ANY ($2::uuid[]) AND organisation_id <> $1 ORDER BY 1`,
    [organisationId, caseIds],
  );
  return rows.map((row) => row.organisationId);
}
