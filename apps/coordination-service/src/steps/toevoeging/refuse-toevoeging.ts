import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RefuseToevoeging } from '@spil/commands';
import type { RefuseToevoegingInput as RefuseToevoegingOrder } from '@spil/commands';
import type { ToevoegingRefusalGround } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { ToevoegingRefusalGroundEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `refuseToevoeging`.' })
export class RefuseToevoegingInput extends CaseStepInput implements RefuseToevoegingOrder {
  @Field(() => UuidScalar, { description: 'The toevoeging.' })
  @IsDefined()
  readonly toevoegingId!: string;

  @Field(() => ToevoegingRefusalGroundEnum, { description: 'Why it was refused.' })
  @IsDefined()
  readonly ground!: ToevoegingRefusalGround;
}

@Resolver()
export class RefuseToevoegingResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Records that a toevoeging was refused, and on which ground (P 11).',
  })
  async refuseToevoeging(
    @Args('input') input: RefuseToevoegingInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RefuseToevoeging(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
