import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { AssessSelfReliance } from '@spil/commands';
import type { AssessSelfRelianceInput as AssessSelfRelianceOrder } from '@spil/commands';
import type { SelfRelianceOutcome } from '@spil/domain';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { SelfRelianceOutcomeEnum } from '../../api/enums.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `assessSelfReliance`.' })
export class AssessSelfRelianceInput extends CaseStepInput implements AssessSelfRelianceOrder {
  @Field(() => SelfRelianceOutcomeEnum, { description: 'The outcome of the assessment.' })
  @IsDefined()
  readonly outcome!: SelfRelianceOutcome;

  @Field(() => Boolean, {
    description: 'Self-reliance was wrongly assumed by a rule or an institution (P 11).',
  })
  @IsBoolean()
  readonly wronglyAssumed!: boolean;

  @Field(() => String, { nullable: true, description: 'What the assessment rests on. Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 4000 })
  readonly indicators?: string | null;
}

@Resolver()
export class AssessSelfRelianceResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records how far the client can act alone (P 12).' })
  async assessSelfReliance(
    @Args('input') input: AssessSelfRelianceInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new AssessSelfReliance(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
