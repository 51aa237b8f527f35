import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RecordContactAttempt } from '@spil/commands';
import type { RecordContactAttemptInput as RecordContactAttemptOrder } from '@spil/commands';
import type { ContactAttemptResult } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { ContactAttemptResultEnum } from '../../api/enums.js';
import { InstantScalar, UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `recordContactAttempt`.' })
export class RecordContactAttemptInput extends CaseStepInput implements RecordContactAttemptOrder {
  @Field(() => UuidScalar, { description: 'The request.' })
  @IsDefined()
  readonly piketRequestId!: string;

  @Field(() => ContactAttemptResultEnum, { description: 'How the try ended.' })
  @IsDefined()
  readonly result!: ContactAttemptResult;

  @Field(() => InstantScalar, { nullable: true, description: 'When they call back, where agreed.' })
  @IsOptional()
  readonly callBackAt?: string | null;
}

@Resolver()
export class RecordContactAttemptResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records one try that reached nobody.' })
  async recordContactAttempt(
    @Args('input') input: RecordContactAttemptInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RecordContactAttempt(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
