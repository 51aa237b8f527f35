import type { Day, LocationFacts, OrganisationKind, ProgrammePolicy, RetentionTerm } from '@spil/domain';
import { defineTable } from '../schema/table.js';
import type { SealedField } from '../sealed-field.js';

/** Today's reference data: who and what there is to choose from. Figures never join it. */
export type ReferenceDocument = LocationEntry | OrganisationEntry | ProfessionalEntry | PolicyEntry;

export interface LocationEntry extends LocationFacts {
  readonly kind: 'LOCATION';
  readonly locationId: string;
}

export interface OrganisationEntry {
  readonly kind: 'ORGANISATION';
  readonly organisationId: string;
  readonly name: string;
  readonly organisationKind: OrganisationKind;
  /** Its own, or what holds for its kind. */
  readonly retention: RetentionTerm;
}

export interface ProfessionalEntry {
  readonly kind: 'PROFESSIONAL';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
  /** Name and contact details, sealed under the professional's own key. */
  readonly details: SealedField;
  readonly active: boolean;
  readonly inactiveBecause: 'LEFT' | 'ABSENT' | null;
  /** Of the details, once that was ordered. */
  readonly erasure?: 'ORDERED' | 'DONE';
}

export interface PolicyEntry {
  readonly kind: 'POLICY';
  readonly locationId: string;
  /** By the day from which each holds, earliest first. */
  readonly periods: readonly PolicyPeriod[];
}

export interface PolicyPeriod {
  readonly from: Day;
  readonly policy: ProgrammePolicy;
  /** Revision of the policy stream that set it, in decimal digits; decisions name it. */
  readonly revision: string;
}

export interface ReferenceRow {
  readonly stream: string;
  readonly kind: ReferenceDocument['kind'];
  readonly document: ReferenceDocument;
}

export const referenceTable = defineTable<ReferenceRow>({
  name: 'reference_document',
  columns: { stream: 'text', kind: 'text', document: 'jsonb' },
  key: ['stream'],
  indexes: ['(kind)'],
});
