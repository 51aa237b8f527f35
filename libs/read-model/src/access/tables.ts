import type { EmergencyVerdict, RegisteredCase, StandingWord } from '@spil/domain';
import { defineTable } from '../schema/table.js';

/**
 * One way in which somebody stands to a case. Empty means whoever: an organisation without a professional is everyone there; a
 * professional without an organisation is that person everywhere.
 */
export interface CaseAccessRow {
  readonly caseId: string;
  readonly standing: StandingWord;
  readonly organisationId: string;
  readonly locationId: string;
  readonly professionalId: string;
  /** An instant, or `infinity` when only a step ends it. */
  readonly until: string;
}

/** The access table: what lists and searches are filtered by, and what row level security looks at. */
export const caseAccessTable = defineTable<CaseAccessRow>({
  name: 'case_access',
  columns: {
    caseId: 'uuid',
    standing: 'text',
    organisationId: 'text',
    locationId: 'text',
    professionalId: 'text',
    until: 'timestamptz',
  },
  key: ['caseId', 'standing', 'organisationId', 'locationId', 'professionalId', 'until'],
  indexes: ['(organisation_id, location_id, professional_id, standing)'],
  guard: 'STANDING',
});

/** Emergency access to a case, for its review. */
export interface EmergencyAccessRow {
  readonly caseId: string;
  readonly emergencyId: string;
  readonly takenBy: string;
  /** Of whoever took it. */
  readonly organisationId: string;
  readonly takenAt: Date;
  readonly until: Date;
  readonly reviewBy: Date;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly verdict: EmergencyVerdict | null;
}

export const emergencyAccessTable = defineTable<EmergencyAccessRow>({
  name: 'emergency_access',
  columns: {
    caseId: 'uuid',
    emergencyId: 'text',
    takenBy: 'text',
    organisationId: 'text',
    takenAt: 'timestamptz',
    until: 'timestamptz',
    reviewBy: 'timestamptz',
    reviewedBy: 'text',
    reviewedAt: 'timestamptz',
    verdict: 'text',
  },
  nullable: ['reviewedBy', 'reviewedAt', 'verdict'],
  key: ['caseId', 'emergencyId'],
  indexes: ['(review_by, case_id, emergency_id) WHERE verdict IS NULL'],
  guard: 'CASE',
});

/** A case as its steps fold it, without anything sealed: what the access table follows from. */
export interface AccessFileRow {
  readonly caseId: string;
  readonly file: RegisteredCase;
}

export const accessFileTable = defineTable<AccessFileRow>({
  name: 'access_file',
  columns: { caseId: 'uuid', file: 'jsonb' },
  key: ['caseId'],
  published: false,
});
