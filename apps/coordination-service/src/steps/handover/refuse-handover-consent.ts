import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RefuseHandoverConsent } from '@spil/commands';
import type { RefuseHandoverConsentInput as RefuseHandoverConsentOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `refuseHandoverConsent`.' })
export class RefuseHandoverConsentInput extends CaseStepInput implements RefuseHandoverConsentOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;
}

@Resolver()
export class RefuseHandoverConsentResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that the client does not agree (P 5).' })
  async refuseHandoverConsent(
    @Args('input') input: RefuseHandoverConsentInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RefuseHandoverConsent(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
