import { Field, Int, ObjectType } from '@nestjs/graphql';
import type {
  Channel,
  ContactAttemptResult,
  ConversationResult,
  ConversationSide,
  LatAnswer,
  LegalArea,
  OrganisationKind,
  Party,
  PiketRequested,
  QuestionKind,
  WithoutDeskChoice,
} from '@spil/domain';
import type { AccountEntry, CaseDocument, PiketRequestEntry } from '@spil/read-model';
import {
  ChannelEnum,
  ContactAttemptResultEnum,
  ConversationResultEnum,
  ConversationSideEnum,
  enumOf,
  LatAnswerEnum,
  LegalAreaEnum,
  QuestionKindEnum,
  WithoutDeskChoiceEnum,
} from '../api/enums.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';
import { AskedKindEnum, ContactInitiatorEnum } from '../steps/step-enums.js';

export const PiketRouteEnum = enumOf(
  ['LOCAL_DESK', 'HELPLINE', 'NAMED_COLLEAGUE'],
  'PiketRoute',
  'Who was asked: the local desk, the national helpline, or a named colleague past the roster (P 7).',
);
export const PiketRequestStatusEnum = enumOf(
  ['OPEN', 'ANSWERED', 'WITHDRAWN', 'EXPIRED'],
  'PiketRequestStatus',
  'What became of a piket request.',
);

@ObjectType({ description: 'Piketverzoek: a professional asked for a conversation about the case (R 1.2).' })
export class PiketRequest {
  @Field(() => UuidScalar)
  readonly piketRequestId!: string;

  @Field(() => PiketRequestStatusEnum)
  readonly status!: PiketRequestEntry['status'];

  @Field(() => PartyType)
  readonly askedBy!: Party;

  @Field(() => AskedKindEnum)
  readonly askedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => PiketRouteEnum)
  readonly route!: PiketRequested['route'];

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly namedProfessionalId!: string | null;

  @Field(() => LegalAreaEnum)
  readonly area!: LegalArea;

  @Field(() => QuestionKindEnum)
  readonly questionKind!: QuestionKind;

  @Field(() => WithoutDeskChoiceEnum, { nullable: true })
  readonly withoutDesk!: WithoutDeskChoice | null;

  @Field(() => Boolean, { description: 'Keeps the request local (R 3.2).' })
  readonly localKnowledgeNeeded!: boolean;

  @Field(() => InstantScalar, { nullable: true, description: 'When it escalates if nobody was reached.' })
  readonly respondBy!: string | null;

  @Field(() => String, { nullable: true, description: 'NEXT_ON_ROSTER or HELPLINE, once it escalated.' })
  readonly escalatedTo!: string | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'Contactpoging: one try to reach the person on duty.' })
export class ContactAttempt {
  @Field(() => UuidScalar)
  readonly attemptId!: string;

  @Field(() => UuidScalar)
  readonly piketRequestId!: string;

  @Field(() => PartyType)
  readonly attemptedBy!: Party;

  @Field(() => ContactAttemptResultEnum)
  readonly result!: ContactAttemptResult;

  @Field(() => InstantScalar, { nullable: true })
  readonly callBackAt!: string | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'Succesvol contact: the other side was reached.' })
export class Contact {
  @Field(() => UuidScalar)
  readonly contactId!: string;

  @Field(() => UuidScalar, { description: 'The conversation that it opened.' })
  readonly conversationId!: string;

  @Field(() => UuidScalar, { nullable: true, description: 'Null when the contact followed no request.' })
  readonly piketRequestId!: string | null;

  @Field(() => PartyType)
  readonly reportedBy!: Party;

  @Field(() => ContactInitiatorEnum)
  readonly initiatedBy!: ConversationSide | 'UNKNOWN';

  @Field(() => AskedKindEnum)
  readonly reachedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly reachedProfessionalId!: string | null;

  @Field(() => ChannelEnum)
  readonly channel!: Channel;

  @Field(() => Int, { description: 'Attempts up to and including this one.' })
  readonly attempts!: number;

  @Field(() => Int, { nullable: true, description: 'Minutes between the request and this contact.' })
  readonly delayMinutes!: number | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({
  description: "One side's own account of a piket conversation; the two are never merged (rule 8).",
})
export class ConversationAccountType {
  @Field(() => UuidScalar)
  readonly conversationId!: string;

  @Field(() => ConversationSideEnum)
  readonly side!: ConversationSide;

  @Field(() => PartyType)
  readonly recordedBy!: Party;

  @Field(() => ConversationResultEnum)
  readonly result!: ConversationResult;

  @Field(() => PersonalText)
  readonly advice!: PersonalField;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  readonly durationMinutes!: number | null;

  @Field(() => Int, { nullable: true, description: '1 to 10; null when not answered (R footnote 8).' })
  readonly rating!: number | null;

  @Field(() => PersonalText)
  readonly motivation!: PersonalField;

  @Field(() => LatAnswerEnum, { nullable: true, description: 'Asked of the asking side only.' })
  readonly latWithoutDesk!: LatAnswer | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

export const conversationAccount = (
  { account, ...entry }: AccountEntry,
  personal: Personal,
): ConversationAccountType => ({
  ...entry,
  ...account,
  advice: personal(account.advice),
  motivation: personal(account.motivation),
});

export const contactFields = (document: CaseDocument, personal: Personal) => ({
  piketRequests: document.piketRequests as readonly PiketRequest[],
  contactAttempts: document.attempts as readonly ContactAttempt[],
  contacts: document.contacts as readonly Contact[],
  conversationAccounts: document.accounts.map((entry) => conversationAccount(entry, personal)),
});
