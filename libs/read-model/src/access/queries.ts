import type { ReadSession } from '../database.js';
import type { Database } from '../schema/connection.js';
import { queryPrepared } from './prepared.js';
import { admits, isAbout, type Reader } from './reader.js';
import type { EmergencyAccessRow } from './tables.js';

/**
 * The list of what a reader may see, on rows called by an alias with a column `case_id`; the same rule as the policies' below it.
 * Written as a value rather than with EXISTS, which the planner would turn into a join that reads every standing of the reader.
 */
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
  // OFFSET keeps the planner from reading all standings of the reader for every row, which it takes for few when its statistics are old.
  const rows = `FROM (SELECT * FROM read.case_access s WHERE s.case_id = ${row}.case_id OFFSET 0) a WHERE ${about}`;
  return {
    condition: `coalesce((SELECT ${admits(`${bind(reader.words)}::text[]`, 'a')} ${rows}), false)`,
    standings: `ARRAY(SELECT a.standing ${rows})`,
  };
}

/**
 * The cases that a reader may list for another reason than that the reader's own desk registered them; undefined when there are more
 * than so many. Walls are not looked at.
 */
export async function listedFromElsewhere(
  db: ReadSession,
  reader: Reader & { readonly kind: 'LIST' },
  atMost: number,
): Promise<readonly string[] | undefined> {
  const rows = await queryPrepared<{ caseId: string }>(
    db,
    `SELECT a.case_id AS "caseId" FROM read.case_access a
     WHERE ${isAbout({ organisation: '$1', location: '$2', professional: '$3' }, 'a')} AND a.standing = ANY ($4::text[])
     LIMIT ${atMost + 1}`,
    [
      reader.organisationId,
      reader.locationId,
      reader.professionalId,
      reader.words.filter((word) => !word.startsWith('OWNER/')),
    ],
  );
  return rows.length > atMost ? undefined : [...new Set(rows.map(({ caseId }) => caseId))];
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
