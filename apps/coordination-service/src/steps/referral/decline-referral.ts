import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { DeclineReferral } from '@spil/commands';
import type { DeclineReferralInput as DeclineReferralOrder } from '@spil/commands';
import type { DeclineReason } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { DeclineReasonEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `declineReferral`.' })
export class DeclineReferralInput extends CaseStepInput implements DeclineReferralOrder {
  @Field(() => UuidScalar, { description: 'The referral.' })
  @IsDefined()
  readonly referralId!: string;

  @Field(() => DeclineReasonEnum, { description: 'Why not.' })
  @IsDefined()
  readonly reason!: DeclineReason;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 1000 })
  readonly explanation?: string | null;
}

@Resolver()
export class DeclineReferralResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Does not take on the client of a cold referral.' })
  async declineReferral(
    @Args('input') input: DeclineReferralInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new DeclineReferral(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
