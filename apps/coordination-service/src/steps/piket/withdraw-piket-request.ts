import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { WithdrawPiketRequest } from '@spil/commands';
import type { WithdrawPiketRequestInput as WithdrawPiketRequestOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `withdrawPiketRequest`.' })
export class WithdrawPiketRequestInput extends CaseStepInput implements WithdrawPiketRequestOrder {
  @Field(() => UuidScalar, { description: 'The request.' })
  @IsDefined()
  readonly piketRequestId!: string;
}

@Resolver()
export class WithdrawPiketRequestResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Takes a piket request back.' })
  async withdrawPiketRequest(
    @Args('input') input: WithdrawPiketRequestInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new WithdrawPiketRequest(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
