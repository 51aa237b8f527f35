import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import { SetRetentionTerm } from '@spil/commands';
import type { SetRetentionTermInput as SetRetentionTermOrder } from '@spil/commands';
import { longestRetentionYears } from '@spil/domain';
import { IsBoolean, IsInt } from 'class-validator';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `setRetentionTerm`.' })
export class SetRetentionTermInput extends StepInput implements SetRetentionTermOrder {
  @Field(() => Int, {
    description: `Whole years after the closing of a case, ${longestRetentionYears} at most.`,
  })
  @IsInt()
  readonly years!: number;

  @Field(() => Boolean, {
    description:
      'Law or professional rules forbid to erase earlier, also at the client’s request (AVG art. 17(3)(b)).',
  })
  @IsBoolean()
  readonly duty!: boolean;
}

@Resolver()
export class SetRetentionTermResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Says for how long your organisation keeps the personal data of a closed case.',
  })
  async setRetentionTerm(
    @Args('input') input: SetRetentionTermInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new SetRetentionTerm(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
