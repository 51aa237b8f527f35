import { Field, InputType } from '@nestjs/graphql';
import type {
  ClientInput as ClientOrder,
  NewRegistrationInput as NewRegistrationOrder,
  RegistrationFactsInput as RegistrationFactsOrder,
} from '@spil/commands';
import type {
  Channel,
  LegalArea,
  LifeDomain,
  OpposingPartyKind,
  RegistrationKind,
  SignaleringRelevance,
} from '@spil/domain';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsDefined, IsOptional, ValidateNested } from 'class-validator';
import {
  ChannelEnum,
  LegalAreaEnum,
  LifeDomainEnum,
  OpposingPartyKindEnum,
  RegistrationKindEnum,
  SignaleringRelevanceEnum,
} from '../../api/enums.js';
import { MunicipalityCodeScalar, UuidScalar } from '../../api/scalars.js';
import { IsPlainText, IsSentence } from '../../input/text.js';

@InputType({ description: 'Who the client is and how to reach the person safely.' })
export class ClientInput implements ClientOrder {
  @Field(() => String, { description: 'Full name. Stored sealed, as all that is said of the client.' })
  @IsSentence({ max: 200 })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Phone number as people write it.' })
  @IsOptional()
  @IsSentence({ max: 30 })
  readonly phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  @IsOptional()
  @IsSentence({ max: 200 })
  readonly email?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal address.' })
  @IsOptional()
  @IsSentence({ max: 300 })
  readonly address?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How to make contact safely, for example which hours or numbers to avoid.',
  })
  @IsOptional()
  @IsPlainText({ max: 1000 })
  readonly safeContact?: string | null;

  @Field(() => String, { nullable: true, description: 'Language for which an interpreter is needed.' })
  @IsOptional()
  @IsSentence({ max: 60 })
  readonly interpreterLanguage?: string | null;
}

@InputType({ description: 'What a registration states about the request for help.' })
export class RegistrationFactsInput implements RegistrationFactsOrder {
  @Field(() => MunicipalityCodeScalar, {
    nullable: true,
    description: 'Where the client lives; not where help is given.',
  })
  @IsOptional()
  readonly clientMunicipality?: string | null;

  @Field(() => ChannelEnum, { description: 'How the client came.' })
  @IsDefined()
  readonly channel!: Channel;

  @Field(() => LegalAreaEnum, { description: 'The legal area by which the case is counted.' })
  @IsDefined()
  readonly primaryArea!: LegalArea;

  @Field(() => [LegalAreaEnum], { nullable: true, description: 'Other areas that the case touches.' })
  @IsOptional()
  @ArrayMaxSize(50)
  readonly furtherAreas?: readonly LegalArea[] | null;

  @Field(() => [LifeDomainEnum], { nullable: true, description: 'Parts of life that the problem touches.' })
  @IsOptional()
  @ArrayMaxSize(50)
  readonly lifeDomains?: readonly LifeDomain[] | null;

  @Field(() => OpposingPartyKindEnum, { nullable: true, description: 'Who stands on the other side, coded.' })
  @IsOptional()
  readonly opposingPartyKind?: OpposingPartyKind | null;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsSentence({ max: 200 })
  readonly opposingPartyName?: string | null;

  @Field(() => String, { nullable: true, description: "The client's question. Stored sealed." })
  @IsOptional()
  @IsPlainText({ max: 4000 })
  readonly clientQuestion?: string | null;

  @Field(() => String, { nullable: true, description: "The professional's own question. Stored sealed." })
  @IsOptional()
  @IsPlainText({ max: 4000 })
  readonly professionalQuestion?: string | null;

  @Field(() => SignaleringRelevanceEnum, {
    nullable: true,
    description: 'NOT_ANSWERED when left out; YES also flags the case.',
  })
  @IsOptional()
  readonly signaleringRelevance?: SignaleringRelevance | null;
}

@InputType({ description: 'What opens a case.' })
export class NewRegistrationInput extends RegistrationFactsInput implements NewRegistrationOrder {
  @Field(() => RegistrationKindEnum, {
    description: 'Why the case is opened; must fit the own organisation.',
  })
  @IsDefined()
  readonly registrationKind!: RegistrationKind;

  @Field(() => ClientInput, { nullable: true, description: 'Who the client is.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ClientInput)
  readonly client?: ClientInput | null;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'A client known from an earlier case, explicitly picked.',
  })
  @IsOptional()
  readonly knownClientId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a voicemail may be left.' })
  @IsOptional()
  @IsBoolean()
  readonly voicemailAllowed?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an interpreter is needed.' })
  @IsOptional()
  @IsBoolean()
  readonly interpreterNeeded?: boolean | null;
}
