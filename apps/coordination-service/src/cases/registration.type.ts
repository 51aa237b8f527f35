import { Field, ObjectType } from '@nestjs/graphql';
import type {
  Channel,
  ConversationSide,
  LegalArea,
  LifeDomain,
  OpposingPartyKind,
  Party,
  RegistrationKind,
  SignaleringRelevance,
} from '@spil/domain';
import type { CaseDocument, RegistrationEntry } from '@spil/read-model';
import {
  ChannelEnum,
  ConversationSideEnum,
  LegalAreaEnum,
  LifeDomainEnum,
  OpposingPartyKindEnum,
  RegistrationKindEnum,
  SignaleringRelevanceEnum,
} from '../api/enums.js';
import { InstantScalar, MunicipalityCodeScalar, UuidScalar } from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';

@ObjectType({ description: 'What a registration states about the request for help.' })
export class RegistrationFactsType {
  @Field(() => MunicipalityCodeScalar, { nullable: true, description: 'Where the client lives.' })
  readonly clientMunicipality!: string | null;

  @Field(() => ChannelEnum)
  readonly channel!: Channel;

  @Field(() => LegalAreaEnum, { description: 'By which the case is counted.' })
  readonly primaryArea!: LegalArea;

  @Field(() => [LegalAreaEnum])
  readonly furtherAreas!: readonly LegalArea[];

  @Field(() => [LifeDomainEnum])
  readonly lifeDomains!: readonly LifeDomain[];

  @Field(() => OpposingPartyKindEnum, { nullable: true })
  readonly opposingPartyKind!: OpposingPartyKind | null;

  @Field(() => PersonalText)
  readonly opposingPartyName!: PersonalField;

  @Field(() => PersonalText, { description: "The client's question." })
  readonly clientQuestion!: PersonalField;

  @Field(() => PersonalText, { description: "The professional's own question." })
  readonly professionalQuestion!: PersonalField;
}

@ObjectType({ description: "One side's registration of the case (R 2.4)." })
export class Registration {
  @Field(() => UuidScalar)
  readonly registrationId!: string;

  @Field(() => RegistrationKindEnum, {
    nullable: true,
    description: "Null for the other side's registration.",
  })
  readonly registrationKind!: RegistrationKind | null;

  @Field(() => ConversationSideEnum, { nullable: true })
  readonly side!: ConversationSide | null;

  @Field(() => PartyType)
  readonly registeredBy!: Party;

  @Field(() => RegistrationFactsType, {
    nullable: true,
    description: "Null for the other side's registration.",
  })
  readonly facts!: RegistrationFactsType | null;

  @Field(() => PersonalText)
  readonly note!: PersonalField;

  @Field(() => SignaleringRelevanceEnum)
  readonly signaleringRelevance!: SignaleringRelevance;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

export const registration = (entry: RegistrationEntry, personal: Personal): Registration => ({
  ...entry,
  note: personal(entry.note),
  facts: entry.facts && {
    ...entry.facts,
    opposingPartyName: personal(entry.facts.opposingPartyName),
    clientQuestion: personal(entry.facts.clientQuestion),
    professionalQuestion: personal(entry.facts.professionalQuestion),
  },
});

@ObjectType({
  description: 'A registration that began as a case of its own and was linked; the two never merge (rule 8).',
})
export class RegistrationLink {
  @Field(() => UuidScalar)
  readonly hostCaseId!: string;

  @Field(() => UuidScalar)
  readonly guestCaseId!: string;

  @Field(() => UuidScalar)
  readonly registrationId!: string;

  @Field(() => PartyType)
  readonly registeredBy!: Party;

  @Field(() => ConversationSideEnum)
  readonly side!: ConversationSide;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

export const registrationLink = (link: CaseDocument['links'][number]): RegistrationLink => link;
