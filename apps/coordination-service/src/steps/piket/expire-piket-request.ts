import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ExpirePiketRequest } from '@spil/commands';
import type { ExpirePiketRequestInput as ExpirePiketRequestOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `expirePiketRequest`.' })
export class ExpirePiketRequestInput extends CaseStepInput implements ExpirePiketRequestOrder {
  @Field(() => UuidScalar, { description: 'The request.' })
  @IsDefined()
  readonly piketRequestId!: string;
}

@Resolver()
export class ExpirePiketRequestResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Ends a request on which nobody was reached in time.' })
  async expirePiketRequest(
    @Args('input') input: ExpirePiketRequestInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new ExpirePiketRequest(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
