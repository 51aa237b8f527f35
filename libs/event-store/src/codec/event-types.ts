import type { DomainEvent } from '../port.js';
import type { JsonObject } from './json.js';

/** Turns the data of one version into those of the next. Pure; sees sealed values as envelopes and leaves them whole. */
export type Upcaster = (data: JsonObject) => JsonObject;

export interface EventTypeVersions {
  /** The version that is written now. */
  readonly version: number;
  /** By the version that each one starts from: every version below the newest has one. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
}

const first: EventTypeVersions = { version: 1, upcasters: {} };

/** Every wire type with its versions; the compiler refuses a domain event that is missing here. */
export const eventTypes = {
  CaseRegistered: first,
  CounterpartRegistered: first,
  RegistrationLinked: first,
  SelfRelianceAssessed: first,
  CoordinatorAssigned: first,
  CoordinatorTransferred: first,
  PiketRequested: first,
  ContactAttempted: first,
  ContactSucceeded: first,
  PiketRequestEscalated: first,
  PiketRequestWithdrawn: first,
  PiketRequestExpired: first,
  PiketConversationRecorded: first,
  CaseReferred: first,
  ReferralAccepted: first,
  ReferralDeclined: first,
  ReferralLapsed: first,
  ToevoegingRequested: first,
  ToevoegingGranted: first,
  ToevoegingRefused: first,
  HandoverPrepared: first,
  HandoverConsentGiven: first,
  HandoverConsentRefused: first,
  HandoverConsentWithdrawn: first,
  HandoverOffered: first,
  HandoverAccepted: first,
  WarmHandoverCompleted: first,
  HandoverDeclined: first,
  HandoverLapsed: first,
  FlaggedForSignalering: first,
  FlagWithdrawn: first,
  CaseClosed: first,
  CaseReopened: first,
  RegistrationCorrected: first,
  ConversationCorrected: first,
  FactEnteredInError: first,
  ConflictWallRaised: first,
  ConflictWallLifted: first,
  EmergencyAccessTaken: first,
  EmergencyAccessReviewed: first,
  ClientErasureOrdered: first,
  ClientDataErased: first,
  ErasureRequested: first,
  ErasureRefused: first,
  ErasurePostponed: first,
  ErasureOrdered: first,
  ErasureCompleted: first,
  LocationRegistered: first,
  LocationChanged: first,
  OrganisationRegistered: first,
  OrganisationRenamed: first,
  RetentionTermSet: first,
  ProfessionalRegistered: first,
  ProfessionalMoved: first,
  ProfessionalDetailsChanged: first,
  ProfessionalDeactivated: first,
  ProfessionalReactivated: first,
  ProfessionalErasureOrdered: first,
  ProfessionalDetailsErased: first,
  ProgrammePolicySet: first,
  RegistrationCodeReserved: first,
} satisfies Record<DomainEvent['type'], EventTypeVersions>;

/** The versions of one wire type, or undefined when this process does not know it. */
export type EventTypeTable = Readonly<Record<DomainEvent['type'], EventTypeVersions>>;
