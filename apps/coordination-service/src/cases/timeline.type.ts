import { Field, ObjectType } from '@nestjs/graphql';
import type { CaseEvent } from '@spil/domain';
import type { TimelineEntry } from '@spil/read-model';
import { enumOf } from '../api/enums.js';
import { InstantScalar, RevisionScalar, UuidScalar } from '../api/scalars.js';
import { actorType, ActorType, FactsScalar, MandateEnum } from '../api/shared-types.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';

/** Every type of event that a case can have; the compiler keeps it complete. */
const caseEventTypes = Object.keys({
  CaseRegistered: true,
  CounterpartRegistered: true,
  RegistrationLinked: true,
  SelfRelianceAssessed: true,
  CoordinatorAssigned: true,
  CoordinatorTransferred: true,
  PiketRequested: true,
  ContactAttempted: true,
  ContactSucceeded: true,
  PiketRequestEscalated: true,
  PiketRequestWithdrawn: true,
  PiketRequestExpired: true,
  PiketConversationRecorded: true,
  CaseReferred: true,
  ReferralAccepted: true,
  ReferralDeclined: true,
  ReferralLapsed: true,
  ToevoegingRequested: true,
  ToevoegingGranted: true,
  ToevoegingRefused: true,
  HandoverPrepared: true,
  HandoverConsentGiven: true,
  HandoverConsentRefused: true,
  HandoverConsentWithdrawn: true,
  HandoverOffered: true,
  HandoverAccepted: true,
  WarmHandoverCompleted: true,
  HandoverDeclined: true,
  HandoverLapsed: true,
  FlaggedForSignalering: true,
  FlagWithdrawn: true,
  CaseClosed: true,
  CaseReopened: true,
  RegistrationCorrected: true,
  ConversationCorrected: true,
  FactEnteredInError: true,
  ConflictWallRaised: true,
  ConflictWallLifted: true,
  EmergencyAccessTaken: true,
  EmergencyAccessReviewed: true,
  ClientErasureOrdered: true,
  ClientDataErased: true,
} satisfies Record<CaseEvent['type'], true>) as CaseEvent['type'][];

export const CaseEventTypeEnum = enumOf(
  caseEventTypes,
  'CaseEventType',
  'The steps of a case, in the past tense; each is one event, and nothing is updated in place.',
);

@ObjectType({ description: 'A personal field of an event.' })
export class SealedFact {
  @Field(() => String, { description: 'Where in the event, for example `facts.clientQuestion`.' })
  readonly path!: string;

  @Field(() => PersonalText, {
    description: 'Where an object was sealed as a whole: its fields, one a line.',
  })
  readonly text!: PersonalField;
}

@ObjectType({ description: 'One event of a case, as people read it back.' })
export class TimelineEntryType {
  @Field(() => RevisionScalar)
  readonly revision!: bigint;

  @Field(() => UuidScalar)
  readonly eventId!: string;

  @Field(() => CaseEventTypeEnum)
  readonly type!: CaseEvent['type'];

  @Field(() => InstantScalar, { description: 'When it happened.' })
  readonly occurredAt!: Date;

  @Field(() => InstantScalar, { description: 'When it was recorded.' })
  readonly recordedAt!: Date;

  @Field(() => ActorType)
  readonly actor!: ActorType;

  @Field(() => MandateEnum)
  readonly mandate!: TimelineEntry['mandate'];

  @Field(() => FactsScalar)
  readonly facts!: Readonly<Record<string, unknown>>;

  @Field(() => [SealedFact])
  readonly sealed!: readonly SealedFact[];
}

export const timelineEntry = (entry: TimelineEntry, personal: Personal): TimelineEntryType => ({
  ...entry,
  actor: actorType(entry.actor),
  sealed: Object.entries(entry.sealed).map(([path, field]) => ({ path, text: personal(field) })),
});
