import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RefuseErasure } from '@spil/commands';
import type { RefuseErasureInput as RefuseErasureOrder } from '@spil/commands';
import type { ErasureRefusalGround } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { ErasureRefusalGroundEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `refuseErasure`.' })
export class RefuseErasureInput extends StepInput implements RefuseErasureOrder {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly erasureId!: string;

  @Field(() => ErasureRefusalGroundEnum)
  @IsDefined()
  readonly ground!: ErasureRefusalGround;
}

@Resolver()
export class RefuseErasureResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Turns a request to erase down for good.' })
  async refuseErasure(
    @Args('input') input: RefuseErasureInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RefuseErasure(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
