import type { Purpose, Role } from '@spil/access';
import type { Pool } from 'pg';
import { InvalidAuditCursor, pageOf, type Page, type PageRequest } from '../store/page.js';
import type { ProcessingActivity } from './processing-activities.js';

/** A row of the access log, as whoever asks after a file reads it. */
export interface LoggedDisclosure {
  /** In decimal digits; later rows have higher ones. */
  readonly disclosureId: string;
  readonly disclosedAt: Date;
  readonly action: string;
  readonly activity: ProcessingActivity;
  readonly purpose: Purpose;
  readonly role: Role;
  readonly professionalId: string | null;
  readonly organisationId: string | null;
  readonly locationId: string | null;
  /** Pseudonym of the client. */
  readonly subjectId: string;
  readonly caseId: string;
  /** The organisation that recorded the fields. */
  readonly controllerId: string;
  readonly fields: readonly string[];
  readonly policyVersion: string | null;
  readonly traceId: string;
}

/** In which cases something of this client was shown. */
export async function casesShownOf(pool: Pool, clientId: string): Promise<string[]> {
  const { rows } = await pool.query<{ case_id: string }>({
    name: 'cases-shown-of',
    text: `SELECT DISTINCT case_id FROM access_log.disclosure WHERE subject_id = $1 AND case_id IS NOT NULL`,
    values: [clientId],
  });
  return rows.map((row) => row.case_id);
}

/**
 * Who saw what of these cases, newest first.
 * @throws InvalidAuditCursor
 */
export async function disclosuresIn(
  pool: Pool,
  wanted: { readonly caseIds: readonly string[]; readonly clientId?: string },
  { first, after }: PageRequest,
): Promise<Page<LoggedDisclosure>> {
  if (after !== undefined && !/^[1-9]\d{0,17}$/.test(after)) throw new InvalidAuditCursor();
  const { rows } = await pool.query<LoggedDisclosure>({
    name: 'disclosures-in',
    text: `SELECT disclosure_id AS "disclosureId", disclosed_at AS "disclosedAt", action, activity, purpose, role,
        professional_id AS "professionalId", organisation_id AS "organisationId", location_id AS "locationId",
        subject_id AS "subjectId", case_id AS "caseId", controller_id AS "controllerId", fields, policy_version AS "policyVersion", trace_id AS "traceId"
      FROM access_log.disclosure
      WHERE case_id = ANY ($1::uuid[]) AND ($2::text IS NULL OR subject_id = $2)
        AND ($3::bigint IS NULL OR disclosure_id < $3)
      ORDER BY disclosure_id DESC LIMIT $4`,
    values: [wanted.caseIds, wanted.clientId ?? null, after ?? null, first + 1],
  });
  return pageOf(rows, first, ({ disclosureId }) => disclosureId);
}
