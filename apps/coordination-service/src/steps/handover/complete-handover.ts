import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { CompleteHandover } from '@spil/commands';
import type { CompleteHandoverInput as CompleteHandoverOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `completeHandover`.' })
export class CompleteHandoverInput extends CaseStepInput implements CompleteHandoverOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;
}

@Resolver()
export class CompleteHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'The receiver had first contact with the client; only the receiver can say so (rule 5).',
  })
  async completeHandover(
    @Args('input') input: CompleteHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new CompleteHandover(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
