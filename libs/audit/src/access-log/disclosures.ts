import type { Purpose } from '@spil/access';
import type { Pool } from 'pg';
import type { Asker } from '../asker.js';
import { activityFor, type DataSubjectKind } from './processing-activities.js';

/** Of whom personal data are shown, and where they come from. */
export interface PersonalSource {
  /** Name of the query that shows them, as the schema has it. */
  readonly action: string;
  /** Of a client, the random id of the case's client. */
  readonly subject: { readonly kind: DataSubjectKind; readonly id: string };
  /** Null where no case is shown. */
  readonly caseId: string | null;
  /** The organisation that recorded the data, or that employs the professional. */
  readonly controllerId: string;
}

/** Personal data of one person that are about to leave in one answer. */
export interface Disclosure {
  readonly source: PersonalSource;
  /** Where the values stand in the events, for example `CaseRegistered.client.name`. */
  readonly fields: readonly string[];
}

/** The answer that they leave in. */
export interface DisclosingAnswer {
  readonly asker: Asker;
  readonly purpose: Purpose;
  /** Of the policy text that decided. */
  readonly policyVersion: string;
  /** W3C trace id, and spans in it: 32 and 16 hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly startedAt: Date;
}

/** Writes the rows of one answer down, in one statement: once this resolves they are committed. @throws what Postgres throws */
export async function recordDisclosures(
  pool: Pool,
  answer: DisclosingAnswer,
  disclosures: readonly Disclosure[],
): Promise<void> {
  const { asker, purpose, policyVersion, traceId, spanId, parentSpanId, startedAt } = answer;
  const rows = disclosures.map(({ source, fields }) => ({
    action: source.action,
    activity: activityFor(purpose, source.subject.kind),
    subject_kind: source.subject.kind,
    subject_id: source.subject.id,
    case_id: source.caseId,
    controller_id: source.controllerId,
    fields,
  }));
  await pool.query({
    name: 'record-disclosures',
    text: `INSERT INTO access_log.disclosure (trace_id, span_id, parent_span_id, purpose, account, role, professional_id,
        organisation_id, location_id, started_at, action, activity, subject_kind, subject_id, case_id, controller_id, fields,
        policy_version)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, row.action, row.activity, row.subject_kind, row.subject_id, row.case_id,
        row.controller_id, row.fields, $12
      FROM jsonb_to_recordset($11::jsonb) AS row(action text, activity text, subject_kind text, subject_id text, case_id uuid,
        controller_id text, fields text[])`,
    values: [
      traceId,
      spanId,
      parentSpanId,
      purpose,
      asker.account,
      asker.role,
      asker.professionalId,
      asker.organisationId,
      asker.locationId,
      startedAt,
      JSON.stringify(rows),
      policyVersion,
    ],
  });
}
