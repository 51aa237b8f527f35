import { Field, Int, ObjectType } from '@nestjs/graphql';
import {
  conversationsAwaiting,
  handoversUnderWay,
  isComplete,
  needsCoordinator,
  selfRelianceOf,
  type CaseEvent,
  type CaseFile,
  type LegalArea,
  type Mandate,
  type Party,
  type RegisteredCase,
  type SelfRelianceOutcome,
} from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { enumOf, LegalAreaEnum, SelfRelianceOutcomeEnum } from '../api/enums.js';
import { InstantScalar, PositionScalar, RevisionScalar, UuidScalar } from '../api/scalars.js';
import { actorType, ActorType, FactsScalar, MandateEnum, PartyType } from '../api/shared-types.js';
import { CaseEventTypeEnum } from '../cases/timeline.type.js';
import { sealedApart } from './sealed-apart.js';

@ObjectType({ description: 'An event as it lies in the log, with all that was recorded beside it.' })
export class HistoryEvent {
  @Field(() => RevisionScalar)
  readonly revision!: bigint;

  @Field(() => PositionScalar, { description: 'In the log of all events.' })
  readonly position!: bigint;

  @Field(() => UuidScalar)
  readonly eventId!: string;

  @Field(() => CaseEventTypeEnum)
  readonly type!: CaseEvent['type'];

  @Field(() => InstantScalar, { description: 'When it happened, as was said when it was recorded.' })
  readonly occurredAt!: string;

  @Field(() => InstantScalar, { description: "When it was recorded, by the service's clock." })
  readonly recordedAt!: string;

  @Field(() => InstantScalar, {
    description: "When it was stored, by the event store's own clock; `asOf` follows it.",
  })
  readonly storedAt!: Date;

  @Field(() => ActorType)
  readonly actor!: ActorType;

  @Field(() => MandateEnum)
  readonly mandate!: Mandate;

  @Field(() => String, { description: 'The command that led to it; events of one command share it.' })
  readonly commandId!: string;

  @Field(() => String, { description: 'The request, by its trace id.' })
  readonly correlationId!: string;

  @Field(() => String)
  readonly causationId!: string;

  @Field(() => Int, { description: 'Version of the shape in which it was written.' })
  readonly schemaVersion!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Revision of the programme policy that the decision applied.',
  })
  readonly policyRevision!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Version of the rules that decided it; null for events of before it was kept.',
  })
  readonly rulesVersion!: number | null;

  @Field(() => FactsScalar)
  readonly facts!: Readonly<Record<string, unknown>>;

  @Field(() => [String], { description: 'Paths of the fields that are sealed and are not shown here.' })
  readonly sealed!: readonly string[];
}

export const historyEvent = ({ event, metadata, ...recorded }: RecordedEvent<CaseEvent>): HistoryEvent => ({
  revision: recorded.revision,
  position: recorded.position.commit,
  eventId: recorded.eventId,
  type: event.type,
  occurredAt: event.occurredAt,
  recordedAt: metadata.recordedAt,
  storedAt: recorded.storedAt,
  actor: actorType(metadata.actor),
  mandate: metadata.mandate,
  commandId: metadata.commandId,
  correlationId: metadata.correlationId,
  causationId: metadata.causationId,
  schemaVersion: metadata.schemaVersion,
  policyRevision: metadata.policyRevision ?? null,
  rulesVersion: metadata.rulesVersion ?? null,
  ...sealedApart(event),
});

export const FoldedStatusEnum = enumOf(
  ['OPEN', 'CLOSED', 'LINKED'],
  'FoldedStatus',
  'LINKED: the registration was linked to another case, where the work goes on (rule 8).',
);

@ObjectType({
  description: 'The state of a case, folded from its events up to a moment by the same rules that decide.',
})
export class FoldedCase {
  @Field(() => FoldedStatusEnum)
  readonly status!: RegisteredCase['status'];

  @Field(() => RevisionScalar, { description: 'Of the last event folded.' })
  readonly revision!: bigint;

  @Field(() => String)
  readonly registrationCode!: string;

  @Field(() => PartyType)
  readonly registeredBy!: Party;

  @Field(() => LegalAreaEnum, { nullable: true })
  readonly primaryArea!: LegalArea | null;

  @Field(() => PartyType, { nullable: true })
  readonly coordinator!: Party | null;

  @Field(() => SelfRelianceOutcomeEnum, { nullable: true })
  readonly selfReliance!: SelfRelianceOutcome | null;

  @Field(() => Boolean)
  readonly needsCoordinator!: boolean;

  @Field(() => Int)
  readonly registrations!: number;

  @Field(() => Int)
  readonly openPiketRequests!: number;

  @Field(() => Int)
  readonly conversations!: number;

  @Field(() => Int, { description: 'Of which both sides gave their account (R 2.4).' })
  readonly completeConversations!: number;

  @Field(() => Int, { description: 'Of which the consulted side has not given its account.' })
  readonly awaitingConsultedAccount!: number;

  @Field(() => Int)
  readonly openReferrals!: number;

  @Field(() => Int)
  readonly handoversUnderWay!: number;

  @Field(() => Int, { description: 'Withdrawn ones do not count.' })
  readonly flags!: number;
}

/** Sums up a folded case. */
export function foldedCase(state: RegisteredCase, revision: bigint): FoldedCase {
  const file: CaseFile = state;
  const own = file.registrations[file.registrationId];
  if (own?.role !== 'OWN') throw new Error(`case ${file.caseId} lacks the registration that opened it`);
  const conversations = Object.values(file.conversations).filter(({ inError }) => inError === null);
  return {
    status: state.status,
    revision,
    registrationCode: file.registrationCode,
    registeredBy: own.registeredBy,
    primaryArea: own.facts.primaryArea,
    coordinator: file.coordinator,
    selfReliance: selfRelianceOf(file),
    needsCoordinator: needsCoordinator(state),
    registrations: Object.keys(file.registrations).length,
    openPiketRequests: Object.values(file.requests).filter(({ status }) => status === 'OPEN').length,
    conversations: conversations.length,
    completeConversations: conversations.filter(isComplete).length,
    awaitingConsultedAccount: conversationsAwaiting(file, 'CONSULTED').length,
    openReferrals: Object.values(file.referrals).filter(({ status }) => status === 'OPEN').length,
    handoversUnderWay: handoversUnderWay(file).length,
    flags: Object.values(file.flags).filter(({ withdrawn }) => withdrawn === null).length,
  };
}

@ObjectType({ description: 'A case history, straight from its stream.' })
export class CaseHistory {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => InstantScalar, { nullable: true, description: 'Null: as it stands now.' })
  readonly asOf!: string | null;

  @Field(() => Int, { description: 'How many events there were.' })
  readonly eventCount!: number;

  @Field(() => FoldedCase, { nullable: true, description: 'Null when the case did not exist yet.' })
  readonly state!: FoldedCase | null;

  /** Not a field of the schema: what `events` pages through. */
  readonly recorded!: readonly RecordedEvent<CaseEvent>[];
}
