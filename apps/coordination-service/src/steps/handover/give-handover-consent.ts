import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { GiveHandoverConsent } from '@spil/commands';
import type { GiveHandoverConsentInput as GiveHandoverConsentOrder } from '@spil/commands';
import type { ConsentForm } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { ConsentFormEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `giveHandoverConsent`.' })
export class GiveHandoverConsentInput extends CaseStepInput implements GiveHandoverConsentOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;

  @Field(() => ConsentFormEnum, { description: 'How the client agreed.' })
  @IsDefined()
  readonly form!: ConsentForm;
}

@Resolver()
export class GiveHandoverConsentResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that the client agrees to hand over the form (P 5).' })
  async giveHandoverConsent(
    @Args('input') input: GiveHandoverConsentInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new GiveHandoverConsent(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
