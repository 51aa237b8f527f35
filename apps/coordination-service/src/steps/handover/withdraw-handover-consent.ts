import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { WithdrawHandoverConsent } from '@spil/commands';
import type { WithdrawHandoverConsentInput as WithdrawHandoverConsentOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `withdrawHandoverConsent`.' })
export class WithdrawHandoverConsentInput extends CaseStepInput implements WithdrawHandoverConsentOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;
}

@Resolver()
export class WithdrawHandoverConsentResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that the client takes consent back.' })
  async withdrawHandoverConsent(
    @Args('input') input: WithdrawHandoverConsentInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new WithdrawHandoverConsent(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
