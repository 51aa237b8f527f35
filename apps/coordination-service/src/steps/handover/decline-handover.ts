import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { DeclineHandover } from '@spil/commands';
import type { DeclineHandoverInput as DeclineHandoverOrder } from '@spil/commands';
import type { DeclineReason } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { DeclineReasonEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `declineHandover`.' })
export class DeclineHandoverInput extends CaseStepInput implements DeclineHandoverOrder {
  @Field(() => UuidScalar, { description: 'The handover.' })
  @IsDefined()
  readonly handoverId!: string;

  @Field(() => DeclineReasonEnum, { description: 'Why not.' })
  @IsDefined()
  readonly reason!: DeclineReason;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 1000 })
  readonly explanation?: string | null;
}

@Resolver()
export class DeclineHandoverResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'The receiver does not take the handover on; it returns to the sender.',
  })
  async declineHandover(
    @Args('input') input: DeclineHandoverInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new DeclineHandover(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
