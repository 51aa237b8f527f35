import type { Instant, OrganisationKind } from '@spil/domain';
import { defineTable } from '../schema/table.js';

/** What a case has to say to the retention of personal data. */
export interface RetentionDocument {
  readonly caseId: string;
  readonly clientId: string;
  /** When its work ended; null while it is open. */
  readonly endedAt: Instant | null;
  /** Whoever recorded something in it holds data there, until they are erased. */
  readonly holders: Readonly<Record<string, { readonly kind: OrganisationKind; readonly erased: boolean }>>;
}

/** Data that one organisation holds in one case. */
export interface RetentionRow {
  readonly caseId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly clientId: string;
  readonly endedAt: Date | null;
  readonly erased: boolean;
}

export const retentionTable = defineTable<RetentionRow>({
  name: 'retention_row',
  columns: {
    caseId: 'uuid',
    organisationId: 'text',
    organisationKind: 'text',
    clientId: 'text',
    endedAt: 'timestamptz',
    erased: 'bool',
  },
  nullable: ['endedAt'],
  key: ['caseId', 'organisationId'],
  indexes: ['(organisation_id, ended_at, case_id) WHERE NOT erased AND ended_at IS NOT NULL'],
});

/** The documents behind the rows, by case. */
export const retentionDocumentTable = defineTable<{
  readonly caseId: string;
  readonly document: RetentionDocument;
}>({
  name: 'retention_document',
  columns: { caseId: 'uuid', document: 'jsonb' },
  key: ['caseId'],
  published: false,
});
