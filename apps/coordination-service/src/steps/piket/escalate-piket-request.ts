import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { EscalatePiketRequest } from '@spil/commands';
import type { EscalatePiketRequestInput as EscalatePiketRequestOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { EscalationReasonEnum, EscalationTargetEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `escalatePiketRequest`.' })
export class EscalatePiketRequestInput extends CaseStepInput implements EscalatePiketRequestOrder {
  @Field(() => UuidScalar, { description: 'The request.' })
  @IsDefined()
  readonly piketRequestId!: string;

  @Field(() => EscalationTargetEnum, { description: 'Where the request goes.' })
  @IsDefined()
  readonly to!: 'NEXT_ON_ROSTER' | 'HELPLINE';

  @Field(() => EscalationReasonEnum, { description: 'Why it escalates.' })
  @IsDefined()
  readonly reason!: 'ATTEMPTS' | 'WAITING' | 'JUDGEMENT';
}

@Resolver()
export class EscalatePiketRequestResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Sends an unanswered request to the next on the roster or the helpline (P 7).',
  })
  async escalatePiketRequest(
    @Args('input') input: EscalatePiketRequestInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new EscalatePiketRequest(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
