import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { PostponeErasure } from '@spil/commands';
import type { PostponeErasureInput as PostponeErasureOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ErasurePostponementGroundEnum } from '../../api/enums.js';
import { DayScalar, UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `postponeErasure`.' })
export class PostponeErasureInput extends StepInput implements PostponeErasureOrder {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly erasureId!: string;

  @Field(() => ErasurePostponementGroundEnum)
  @IsDefined()
  readonly ground!: PostponeErasureOrder['ground'];

  @Field(() => DayScalar, { description: 'A day ahead, on which it is looked at again.' })
  @IsDefined()
  readonly until!: string;
}

@Resolver()
export class PostponeErasureResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Lets a request to erase wait: what stands against it will pass.',
  })
  async postponeErasure(
    @Args('input') input: PostponeErasureInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new PostponeErasure(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
