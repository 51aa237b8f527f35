import type { Database } from '../schema/connection.js';
import type { Reader, ReadSession } from './reader.js';
import { isAbout } from './reader.js';
import type { EmergencyAccessRow } from './tables.js';

/** The list of what a reader may see, on rows called by an alias with a column `case_id`; the same rule as the policies' below it. */
export function visibleTo(
  reader: Reader & { readonly kind: 'LIST' },
  row: string,
  bind: (value: unknown) => string,
): { readonly condition: string; readonly standings: string } {
  const about = isAbout(
    {
      organisation: bind(reader.organisationId),
      location: bind(reader.locationId),
      professional: bind(reader.professionalId),
    },
    'a',
  );
  const rows = `FROM read.case_access a WHERE a.case_id = ${row}.case_id AND ${about}`;
  return {
    condition: `EXISTS (SELECT 1 ${rows} AND a.standing = ANY (${bind(reader.words)}::text[]))
      AND NOT EXISTS (SELECT 1 ${rows} AND starts_with(a.standing, 'WALLED/'))`,
    standings: `ARRAY(SELECT a.standing ${rows})`,
  };
}

/** How many reviews of emergency access are overdue, of all organisations: for a role that sees every row. */
export async function overdueEmergencyReviews(db: Database): Promise<number> {
  const { rows } = await db.query(
    'SELECT count(*)::int AS overdue FROM read.emergency_access WHERE verdict IS NULL AND review_by < now()',
  );
  return (rows as { overdue: number }[])[0]?.overdue ?? 0;
}

/** Emergency access that nobody reviewed yet, what is due first before the rest. */
export async function emergencyAccessAwaitingReview(
  db: ReadSession,
  reader: Reader & { readonly kind: 'LIST' },
  first: number,
): Promise<EmergencyAccessRow[]> {
  const parameters: unknown[] = [];
  const { condition } = visibleTo(reader, 'e', (value) => `$${parameters.push(value)}`);
  return db.query<EmergencyAccessRow[]>(
    `SELECT e.case_id AS "caseId", e.emergency_id AS "emergencyId", e.taken_by AS "takenBy",
            e.organisation_id AS "organisationId", e.taken_at AS "takenAt", e.until, e.review_by AS "reviewBy",
            e.reviewed_by AS "reviewedBy", e.reviewed_at AS "reviewedAt", e.verdict
     FROM read.emergency_access e WHERE e.verdict IS NULL AND ${condition}
     ORDER BY e.review_by, e.case_id, e.emergency_id LIMIT ${first}`,
    parameters,
  );
}
