import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { GrantToevoeging } from '@spil/commands';
import type { GrantToevoegingInput as GrantToevoegingOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `grantToevoeging`.' })
export class GrantToevoegingInput extends CaseStepInput implements GrantToevoegingOrder {
  @Field(() => UuidScalar, { description: 'The toevoeging.' })
  @IsDefined()
  readonly toevoegingId!: string;
}

@Resolver()
export class GrantToevoegingResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that a toevoeging was granted.' })
  async grantToevoeging(
    @Args('input') input: GrantToevoegingInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new GrantToevoeging(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
