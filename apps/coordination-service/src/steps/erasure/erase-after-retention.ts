import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { EraseAfterRetention } from '@spil/commands';
import type { EraseAfterRetentionInput as EraseAfterRetentionOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { ErasureRunner } from '../../erasure/erasure-runner.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `eraseAfterRetention`.' })
export class EraseAfterRetentionInput extends StepInput implements EraseAfterRetentionOrder {
  @Field(() => UuidScalar, { description: 'A case of the query `retentionDue`.' })
  @IsDefined()
  readonly caseId!: string;
}

@Resolver()
export class EraseAfterRetentionResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ErasureRunner,
  ) {}

  @Mutation(() => StepPayload, {
    description:
      'Confirms that the data which your organisation holds in one case are destroyed, now that they need not be kept any more (AVG art. 5(1)(e)). Nothing is ever erased without this.',
  })
  async eraseAfterRetention(
    @Args('input') input: EraseAfterRetentionInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    const result = await this.commands.execute(
      new EraseAfterRetention(orderOf(input, asking, correlationId), factsIn(input)),
    );
    if (result.kind === 'accepted') this.runner.begin(result.aggregateId);
    return payloadOf(result);
  }
}
