import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ReopenCase } from '@spil/commands';
import type { ReopenCaseInput as ReopenCaseOrder } from '@spil/commands';
import type { CaseReopened } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { ReopeningReasonEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `reopenCase`.' })
export class ReopenCaseInput extends CaseStepInput implements ReopenCaseOrder {
  @Field(() => ReopeningReasonEnum, { description: 'Why.' })
  @IsDefined()
  readonly reason!: CaseReopened['reason'];
}

@Resolver()
export class ReopenCaseResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Takes the work on a closed case up again.' })
  async reopenCase(
    @Args('input') input: ReopenCaseInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new ReopenCase(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
