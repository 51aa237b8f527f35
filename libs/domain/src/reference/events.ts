import type { Party } from '../case/events.js';
import type { Day, Instant, OrganisationKind } from '../shared/decider.js';
import type { RetentionTerm } from '../erasure/retention.js';
import type { Sealed } from '../shared/sealed.js';

/** Reference data is event-sourced too: `location-<id>`, `organisation-<id>`, `professional-<id>`. */
export type LocationEvent = LocationRegistered | LocationChanged;
export type OrganisationEvent = OrganisationRegistered | OrganisationRenamed | RetentionTermSet;
export type ProfessionalEvent =
  | ProfessionalRegistered
  | ProfessionalMoved
  | ProfessionalDetailsChanged
  | ProfessionalDeactivated
  | ProfessionalReactivated
  | ProfessionalErasureOrdered
  | ProfessionalDetailsErased;

/** What a location is: where help is given (R 1.2). */
export interface LocationFacts {
  readonly name: string;
  /** CBS municipality codes that the location covers; Walcheren covers several. */
  readonly municipalities: readonly string[];
  /** One of the 11 arrondissementen, for example `ZEELAND-WEST-BRABANT` (P 8). */
  readonly arrondissement: string;
}

export interface LocationRegistered {
  readonly type: 'LocationRegistered';
  readonly locationId: string;
  readonly facts: LocationFacts;
  readonly occurredAt: Instant;
}

export interface LocationChanged {
  readonly type: 'LocationChanged';
  readonly locationId: string;
  readonly facts: LocationFacts;
  readonly occurredAt: Instant;
}

export interface OrganisationRegistered {
  readonly type: 'OrganisationRegistered';
  readonly organisationId: string;
  readonly name: string;
  readonly organisationKind: OrganisationKind;
  readonly occurredAt: Instant;
}

export interface OrganisationRenamed {
  readonly type: 'OrganisationRenamed';
  readonly organisationId: string;
  readonly name: string;
  readonly occurredAt: Instant;
}

/** An organisation said for how long it keeps the personal data of a closed case. */
export interface RetentionTermSet {
  readonly type: 'RetentionTermSet';
  readonly organisationId: string;
  readonly term: RetentionTerm;
  readonly occurredAt: Instant;
}

/** A user of the system (R 2.2). The name and contact details are sealed under the professional's own key. */
export interface ProfessionalRegistered {
  readonly type: 'ProfessionalRegistered';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
  readonly details: Sealed;
  readonly occurredAt: Instant;
}

export interface ProfessionalMoved {
  readonly type: 'ProfessionalMoved';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
  readonly occurredAt: Instant;
}

export interface ProfessionalDetailsChanged {
  readonly type: 'ProfessionalDetailsChanged';
  readonly professionalId: string;
  readonly details: Sealed;
  readonly occurredAt: Instant;
}

export interface ProfessionalDeactivated {
  readonly type: 'ProfessionalDeactivated';
  readonly professionalId: string;
  readonly reason: 'LEFT' | 'ABSENT';
  readonly occurredAt: Instant;
}

export interface ProfessionalReactivated {
  readonly type: 'ProfessionalReactivated';
  readonly professionalId: string;
  readonly occurredAt: Instant;
}

/** The name and contact details of someone who left are to be destroyed (AVG art. 5(1)(e), 17); from here on nothing else changes. */
export interface ProfessionalErasureOrdered {
  readonly type: 'ProfessionalErasureOrdered';
  readonly professionalId: string;
  /** A privacy officer of the organisation that was left. */
  readonly orderedBy: Party;
  readonly occurredAt: Instant;
}

/** They were: nobody can open them any more, in no event. What the professional did stays, under the id alone. */
export interface ProfessionalDetailsErased {
  readonly type: 'ProfessionalDetailsErased';
  readonly professionalId: string;
  /** Of the destroyed data key; null when there was none. */
  readonly keyId: string | null;
  readonly occurredAt: Instant;
}

/** Programme policy of a location, on `policy-<locationId>` (rule 4). */
export type PolicyEvent = ProgrammePolicySet;

/** What policy decides at a location (rule 4). */
export interface ProgrammePolicy {
  /** Organisation kinds whose referrals may go to the lawyer who was consulted (R 1.2 forbids, P 6 wishes). */
  readonly consultedLawyerMayReceiveFrom: readonly OrganisationKind[];
  /** Hours that a receiver has to accept a referral or a handover; null sets no deadline. */
  readonly hoursToAccept: number | null;
  /** Failed attempts after which a piket request escalates. */
  readonly attemptsBeforeEscalation: number;
  /** Minutes after which a piket request escalates; null sets no deadline. */
  readonly minutesBeforeEscalation: number | null;
  /** Whether there is a local piket desk at all (R 3.5, P 7). */
  readonly localDesk: boolean;
}

/** From a day on this is the policy at a location; earlier days keep theirs. */
export interface ProgrammePolicySet {
  readonly type: 'ProgrammePolicySet';
  readonly locationId: string;
  readonly from: Day;
  readonly policy: ProgrammePolicy;
  readonly occurredAt: Instant;
}
