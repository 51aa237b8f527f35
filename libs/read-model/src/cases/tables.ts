import type { LegalArea, OrganisationKind, SelfRelianceOutcome } from '@spil/domain';
import { defineTable } from '../schema/table.js';
import type { CaseDocument, CaseStatus } from './document.js';

export const waitingReasons = [
  'PIKET_REQUEST_OPEN',
  'HANDOVER_TO_OFFER',
  'HANDOVER_OFFERED',
  'REFERRAL_UNANSWERED',
  'COORDINATOR_MISSING',
  'NEXT_STEP',
  'NOTHING',
] as const;
/**
 * What a case waits for. `HANDOVER_TO_OFFER`: the sender has to offer it, for the first time or again after it came back
 * (rule 5). `NEXT_STEP` when nothing else does; `NOTHING` once it is closed or linked.
 */
export type WaitingReason = (typeof waitingReasons)[number];

/** One case on a worklist, and the document behind it. */
export interface CaseRow {
  readonly caseId: string;
  readonly registrationCode: string;
  readonly status: CaseStatus;
  readonly locationId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly registeredBy: string;
  readonly registeredAt: Date;
  readonly municipality: string | null;
  readonly primaryArea: LegalArea;
  /** The primary and the further areas. */
  readonly areas: readonly LegalArea[];
  readonly coordinatorId: string | null;
  readonly selfReliance: SelfRelianceOutcome | null;
  /** Open, not self-reliant, and nobody coordinates (rule 6). */
  readonly needsCoordinator: boolean;
  readonly openPiketRequests: number;
  readonly openReferrals: number;
  /** Not completed: also those that came back to the sender (rule 5). */
  readonly openHandovers: number;
  readonly flags: number;
  readonly waitingFor: WaitingReason;
  readonly waitingSince: Date;
  readonly revision: bigint | string;
  readonly document: CaseDocument;
}

export const caseTable = defineTable<CaseRow>({
  name: 'case_row',
  columns: {
    caseId: 'uuid',
    registrationCode: 'text',
    status: 'text',
    locationId: 'text',
    organisationId: 'text',
    organisationKind: 'text',
    registeredBy: 'text',
    registeredAt: 'timestamptz',
    municipality: 'text',
    primaryArea: 'text',
    areas: 'text[]',
    coordinatorId: 'text',
    selfReliance: 'text',
    needsCoordinator: 'bool',
    openPiketRequests: 'int4',
    openReferrals: 'int4',
    openHandovers: 'int4',
    flags: 'int4',
    waitingFor: 'text',
    waitingSince: 'timestamptz',
    revision: 'int8',
    document: 'jsonb',
  },
  nullable: ['municipality', 'coordinatorId', 'selfReliance'],
  key: ['caseId'],
  guard: 'CASE',
  indexes: [
    '(registration_code)',
    '((NOT needs_coordinator), waiting_since, case_id)',
    `(location_id, (NOT needs_coordinator), waiting_since, case_id) WHERE status = 'OPEN'`,
    '(organisation_id, location_id, (NOT needs_coordinator), waiting_since, case_id)',
    `(organisation_id, location_id, (NOT needs_coordinator), waiting_since, case_id) WHERE status = 'OPEN'`,
    '((NOT needs_coordinator), waiting_since, case_id) WHERE needs_coordinator',
    `(coordinator_id, (NOT needs_coordinator), waiting_since, case_id) WHERE coordinator_id IS NOT NULL AND status = 'OPEN'`,
  ],
});
