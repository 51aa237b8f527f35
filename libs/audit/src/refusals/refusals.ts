import type { Role } from '@spil/access';
import type { Pool } from 'pg';
import type { Asker } from '../asker.js';
import { InvalidAuditCursor, pageOf, type Page, type PageRequest } from '../store/page.js';

export const refusalKinds = ['COMMAND', 'READ'] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/** Something that was asked and not granted, by whom; never what it held. */
export interface RefusalFact {
  readonly kind: RefusalKind;
  /** Name of the field in the GraphQL schema. */
  readonly operation: string;
  /** A refusal code of the domain, or an error code of the API. */
  readonly code: string;
  readonly asker: Asker;
  /** The case that was asked for, whether or not there is one. */
  readonly caseId: string | null;
  readonly traceId: string;
  readonly refusedAt: Date;
}

/** A refusal as an auditor reads it back. */
export interface RecordedRefusal extends Omit<RefusalFact, 'asker'> {
  readonly refusalId: string;
  readonly role: Role;
  readonly professionalId: string | null;
  readonly organisationId: string | null;
  readonly locationId: string | null;
}

/** Writes refusals down, all or none. @throws what Postgres throws */
export async function recordRefusals(pool: Pool, refusals: readonly RefusalFact[]): Promise<void> {
  const rows = refusals.map(({ asker, ...refusal }) => ({
    ...refusal,
    ...asker,
    refusedAt: refusal.refusedAt.toISOString(),
  }));
  await pool.query({
    name: 'record-refusals',
    text: `INSERT INTO refusals.refusal (trace_id, kind, operation, code, account, role, professional_id, organisation_id,
        location_id, case_id, refused_at)
      SELECT "traceId", kind, operation, code, account, role, "professionalId", "organisationId", "locationId", "caseId",
        "refusedAt"
      FROM jsonb_to_recordset($1::jsonb) AS row("traceId" text, kind text, operation text, code text, account text, role text,
        "professionalId" text, "organisationId" text, "locationId" text, "caseId" uuid, "refusedAt" timestamptz)`,
    values: [JSON.stringify(rows)],
  });
}

export interface RefusalFilter {
  readonly from: Date;
  readonly to: Date;
  readonly kind?: RefusalKind;
  readonly code?: string;
  readonly caseId?: string;
  /** Of who was refused. */
  readonly organisationId?: string;
  readonly professionalId?: string;
}

/**
 * What was refused from one moment up to another, newest first.
 * @throws InvalidAuditCursor
 */
export async function refusalsBetween(
  pool: Pool,
  filter: RefusalFilter,
  { first, after }: PageRequest,
): Promise<Page<RecordedRefusal>> {
  const last = after === undefined ? undefined : readCursor(after);
  const { rows } = await pool.query<RecordedRefusal>({
    name: 'refusals-between',
    text: `SELECT refusal_id AS "refusalId", trace_id AS "traceId", kind, operation, code, role, professional_id AS "professionalId",
        organisation_id AS "organisationId", location_id AS "locationId", case_id AS "caseId", refused_at AS "refusedAt"
      FROM refusals.refusal
      WHERE refused_at >= $1 AND refused_at < $2 AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR code = $4)
        AND ($5::uuid IS NULL OR case_id = $5) AND ($6::text IS NULL OR organisation_id = $6)
        AND ($7::text IS NULL OR professional_id = $7)
        AND ($8::timestamptz IS NULL OR (refused_at, refusal_id) < ($8, $9::bigint))
      ORDER BY refused_at DESC, refusal_id DESC LIMIT $10`,
    values: [
      filter.from,
      filter.to,
      filter.kind ?? null,
      filter.code ?? null,
      filter.caseId ?? null,
      filter.organisationId ?? null,
      filter.professionalId ?? null,
      last?.refusedAt ?? null,
      last?.refusalId ?? null,
      first + 1,
    ],
  });
  return pageOf(rows, first, ({ refusedAt, refusalId }) => `${refusedAt.getTime()}-${refusalId}`);
}

function readCursor(cursor: string): { refusedAt: Date; refusalId: string } {
  const [, milliseconds, refusalId] = /^(\d{1,14})-([1-9]\d{0,17})$/.exec(cursor) ?? [];
  if (milliseconds === undefined || refusalId === undefined) throw new InvalidAuditCursor();
  return { refusedAt: new Date(Number(milliseconds)), refusalId };
}
