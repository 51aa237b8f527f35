import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { RequestPiket } from '@spil/commands';
import type { RequestPiketInput as RequestPiketOrder } from '@spil/commands';
import type { LegalArea, OrganisationKind, QuestionKind, WithoutDeskChoice } from '@spil/domain';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { LegalAreaEnum, QuestionKindEnum, WithoutDeskChoiceEnum } from '../../api/enums.js';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { AskedKindEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `requestPiket`.' })
export class RequestPiketInput extends CaseStepInput implements RequestPiketOrder {
  @Field(() => AskedKindEnum, {
    description: 'Which kind of organisation is asked. UNKNOWN takes the import mandate.',
  })
  @IsDefined()
  readonly askedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'A named colleague, past the roster (P 7).',
  })
  @IsOptional()
  readonly namedProfessionalId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Ask the national helpline rather than the local desk (P 7).',
  })
  @IsOptional()
  @IsBoolean()
  readonly helpline?: boolean | null;

  @Field(() => LegalAreaEnum, { nullable: true, description: "The case's primary area when left out." })
  @IsOptional()
  readonly area?: LegalArea | null;

  @Field(() => QuestionKindEnum, { description: 'What is asked, coded.' })
  @IsDefined()
  readonly questionKind!: QuestionKind;

  @Field(() => WithoutDeskChoiceEnum, {
    nullable: true,
    description: 'What would you do without the desk? Asked before the call (R 1.4).',
  })
  @IsOptional()
  readonly withoutDesk?: WithoutDeskChoice | null;

  @Field(() => Boolean, { nullable: true, description: 'Keeps the request local (R 3.2).' })
  @IsOptional()
  @IsBoolean()
  readonly localKnowledgeNeeded?: boolean | null;
}

@Resolver()
export class RequestPiketResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Asks the desk, or a named colleague, for a conversation (R 1.2).',
  })
  async requestPiket(
    @Args('input') input: RequestPiketInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RequestPiket(orderOf(input, principal, correlationId), factsIn(input))),
    );
  }
}
