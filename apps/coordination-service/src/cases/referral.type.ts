import { Field, ObjectType } from '@nestjs/graphql';
import type { CaseReferred, OrganisationKind, Party, Receiver, ToevoegingKind } from '@spil/domain';
import type {
  CaseDocument,
  HandoverEntry,
  HandoverStatus,
  ReferralEntry,
  SealedField,
  ToevoegingEntry,
} from '@spil/read-model';
import { enumOf, OrganisationKindEnum, ToevoegingKindEnum } from '../api/enums.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';
import { WarmthEnum } from '../steps/step-enums.js';
import type { CaseSight } from './case-sight.js';

export const ReferralStatusEnum = enumOf(
  ['OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED'],
  'ReferralStatus',
  'What became of a referral.',
);
export const ReferralDirectionEnum = enumOf(
  ['FORWARD', 'BACK'],
  'ReferralDirection',
  'BACK (terugverwijzing) goes from second to first line.',
);
export const ToevoegingStatusEnum = enumOf(
  ['REQUESTED', 'GRANTED', 'REFUSED'],
  'ToevoegingStatus',
  'What became of an application for subsidised legal aid.',
);
export const HandoverStatusEnum = enumOf(
  [
    'PREPARED',
    'CONSENTED',
    'CONSENT_REFUSED',
    'CONSENT_WITHDRAWN',
    'OFFERED',
    'ACCEPTED',
    'COMPLETED',
    'DECLINED',
    'LAPSED',
  ] satisfies readonly HandoverStatus[],
  'HandoverStatus',
  'How far a warm handover is (rule 5).',
);

@ObjectType({ description: 'Who receives a referral.' })
export class ReceiverType implements Receiver {
  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly professionalId!: string | null;
}

@ObjectType({ description: 'Doorverwijzing: the client was sent on (R 5.2 q5b).' })
export class Referral {
  @Field(() => UuidScalar)
  readonly referralId!: string;

  @Field(() => ReferralStatusEnum)
  readonly status!: ReferralEntry['status'];

  @Field(() => InstantScalar)
  readonly statusSince!: string;

  @Field(() => PartyType)
  readonly referredBy!: Party;

  @Field(() => ReceiverType)
  readonly to!: Receiver;

  @Field(() => ReferralDirectionEnum)
  readonly direction!: CaseReferred['direction'];

  @Field(() => WarmthEnum)
  readonly warmth!: CaseReferred['warmth'];

  @Field(() => UuidScalar, { nullable: true, description: 'The handover of a warm referral.' })
  readonly handoverId!: string | null;

  @Field(() => ToevoegingKindEnum, { nullable: true })
  readonly toevoegingKind!: ToevoegingKind | null;

  @Field(() => PersonalText, {
    description: 'Why a client who is not self-reliant is referred cold (R 3.2).',
  })
  readonly coldReason!: PersonalField;

  @Field(() => InstantScalar, { nullable: true, description: 'When it lapses if nobody answers.' })
  readonly respondBy!: string | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'Toevoeging: subsidised legal aid was applied for (P 11).' })
export class Toevoeging {
  @Field(() => UuidScalar)
  readonly toevoegingId!: string;

  @Field(() => ToevoegingStatusEnum)
  readonly status!: ToevoegingEntry['status'];

  @Field(() => UuidScalar, { nullable: true })
  readonly referralId!: string | null;

  @Field(() => ToevoegingKindEnum)
  readonly kind!: ToevoegingKind;

  @Field(() => String, { nullable: true, description: 'Coded ground of a refusal.' })
  readonly refusalGround!: string | null;

  @Field(() => PartyType)
  readonly requestedBy!: Party;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'The standard form, so that the client need not tell the story again (P 5).' })
export class HandoverDossier {
  @Field(() => PersonalText)
  readonly caseSketch!: PersonalField;

  @Field(() => PersonalText)
  readonly adviceSoFar!: PersonalField;

  @Field(() => PersonalText, { description: 'What is handed over with the form, one a line.' })
  readonly documents!: PersonalField;

  @Field(() => PersonalText)
  readonly senderContact!: PersonalField;
}

@ObjectType({ description: 'An offer of a handover to a named person.' })
export class HandoverOffer {
  @Field(() => PartyType)
  readonly offeredBy!: Party;

  @Field(() => PartyType)
  readonly to!: Party;

  @Field(() => InstantScalar, { nullable: true })
  readonly respondBy!: string | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'Warme overdracht: from person to person, with the dossier (rule 5).' })
export class Handover {
  @Field(() => UuidScalar)
  readonly handoverId!: string;

  @Field(() => HandoverStatusEnum)
  readonly status!: HandoverStatus;

  @Field(() => InstantScalar)
  readonly statusSince!: string;

  @Field(() => UuidScalar, { nullable: true })
  readonly referralId!: string | null;

  @Field(() => PartyType)
  readonly preparedBy!: Party;

  @Field(() => HandoverDossier)
  readonly dossier!: HandoverDossier;

  @Field(() => HandoverOffer, { nullable: true, description: 'The last offer.' })
  readonly offer!: HandoverOffer | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

const dossier = (sealed: SealedField, personal: Personal): HandoverDossier => ({
  caseSketch: personal(sealed, 'caseSketch'),
  adviceSoFar: personal(sealed, 'adviceSoFar'),
  documents: personal(sealed, 'documents'),
  senderContact: personal(sealed, 'senderContact'),
});

const handover = (entry: HandoverEntry, sight: CaseSight): Handover => ({
  ...entry,
  dossier: dossier(entry.dossier, sight.offered(entry)),
});

export const referralFields = (document: CaseDocument, sight: CaseSight) => ({
  referrals: document.referrals.map((entry): Referral => ({
    ...entry,
    coldReason: sight.offered(entry)(entry.coldReason),
  })),
  toevoegingen: document.toevoegingen as readonly Toevoeging[],
  handovers: document.handovers.map((entry) => handover(entry, sight)),
});
