import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { AcceptReferral } from '@spil/commands';
import type { AcceptReferralInput as AcceptReferralOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `acceptReferral`.' })
export class AcceptReferralInput extends CaseStepInput implements AcceptReferralOrder {
  @Field(() => UuidScalar, { description: 'The referral.' })
  @IsDefined()
  readonly referralId!: string;
}

@Resolver()
export class AcceptReferralResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Takes on the client of a cold referral.' })
  async acceptReferral(
    @Args('input') input: AcceptReferralInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new AcceptReferral(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
