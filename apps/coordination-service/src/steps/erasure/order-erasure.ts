import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { OrderErasure } from '@spil/commands';
import type { OrderErasureInput as OrderErasureOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { ErasureRunner } from '../../erasure/erasure-runner.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `orderErasure`.' })
export class OrderErasureInput extends StepInput implements OrderErasureOrder {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly erasureId!: string;
}

@Resolver()
export class OrderErasureResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ErasureRunner,
  ) {}

  @Mutation(() => StepPayload, {
    description:
      'Makes the legal check, and orders that everything which nothing stands against be destroyed, for ever. It is carried out at once; the query `erasure` has the certificate when it is done.',
  })
  async orderErasure(
    @Args('input') input: OrderErasureInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    const result = await this.commands.execute(
      new OrderErasure(orderOf(input, asking, correlationId), factsIn(input)),
    );
    if (result.kind === 'accepted') this.runner.begin(result.aggregateId);
    return payloadOf(result);
  }
}
