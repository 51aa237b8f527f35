import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { WithdrawFlag } from '@spil/commands';
import type { WithdrawFlagInput as WithdrawFlagOrder } from '@spil/commands';
import type { CorrectionReason } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { CorrectionReasonEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `withdrawFlag`.' })
export class WithdrawFlagInput extends CaseStepInput implements WithdrawFlagOrder {
  @Field(() => UuidScalar, { description: 'The flag.' })
  @IsDefined()
  readonly flagId!: string;

  @Field(() => CorrectionReasonEnum, { description: 'Why.' })
  @IsDefined()
  readonly reason!: CorrectionReason;
}

@Resolver()
export class WithdrawFlagResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Takes a flag back; it no longer counts.' })
  async withdrawFlag(
    @Args('input') input: WithdrawFlagInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new WithdrawFlag(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
