import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { LapseReferral } from '@spil/commands';
import type { LapseReferralInput as LapseReferralOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `lapseReferral`.' })
export class LapseReferralInput extends CaseStepInput implements LapseReferralOrder {
  @Field(() => UuidScalar, { description: 'The referral.' })
  @IsDefined()
  readonly referralId!: string;
}

@Resolver()
export class LapseReferralResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Ends a cold referral that nobody answered in time.' })
  async lapseReferral(
    @Args('input') input: LapseReferralInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new LapseReferral(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
