import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { LapseHandover } from '@spil/commands';
import type { LapseHandoverInput as LapseHandoverOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `lapseHandover`.' })
export class LapseHandoverInput extends CaseStepInput implements LapseHandoverOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;
}

@Resolver()
export class LapseHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Returns a handover that was not accepted in time to the sender (rule 5).',
  })
  async lapseHandover(
    @Args('input') input: LapseHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new LapseHandover(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
