import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { AcceptHandover } from '@spil/commands';
import type { AcceptHandoverInput as AcceptHandoverOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `acceptHandover`.' })
export class AcceptHandoverInput extends CaseStepInput implements AcceptHandoverOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;
}

@Resolver()
export class AcceptHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'The named receiver takes the handover on.' })
  async acceptHandover(
    @Args('input') input: AcceptHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new AcceptHandover(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
