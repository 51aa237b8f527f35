import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { PrepareHandover } from '@spil/commands';
import type { PrepareHandoverInput as PrepareHandoverOrder } from '@spil/commands';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { HandoverDossierInput } from './dossier-input.js';

@InputType({ description: 'Input of `prepareHandover`.' })
export class PrepareHandoverInput extends CaseStepInput implements PrepareHandoverOrder {
  @Field(() => UuidScalar, {
    nullable: true,
    description: 'The handover that a warm referral named; a new one when left out.',
  })
  @IsOptional()
  readonly handoverId?: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'The warm referral that it carries.' })
  @IsOptional()
  readonly referralId?: string | null;

  @Field(() => HandoverDossierInput, { description: 'The standard form.' })
  @ValidateNested()
  @Type(() => HandoverDossierInput)
  readonly dossier!: HandoverDossierInput;
}

@Resolver()
export class PrepareHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Draws up the dossier, so that the client need not tell the story again (P 5).',
  })
  async prepareHandover(
    @Args('input') input: PrepareHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new PrepareHandover(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
