import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { RegisterCase } from '@spil/commands';
import type { RegisterCaseInput as RegisterCaseOrder } from '@spil/commands';
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
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { IsPlainText, IsSentence } from '../../input/text.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ClientInput } from './registration-input.js';

@InputType({ description: 'Input of `registerCase`.' })
export class RegisterCaseInput extends StepInput implements RegisterCaseOrder {
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

@Resolver()
export class RegisterCaseResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Opens a case (R 2.3).' })
  async registerCase(
    @Args('input') input: RegisterCaseInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RegisterCase(orderOf(input, principal, correlationId), factsIn(input))),
    );
  }
}
