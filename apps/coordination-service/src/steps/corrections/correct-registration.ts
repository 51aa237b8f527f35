import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { CorrectRegistration } from '@spil/commands';
import type { CorrectRegistrationInput as CorrectRegistrationOrder } from '@spil/commands';
import type { CorrectionReason, SignaleringRelevance } from '@spil/domain';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, ValidateNested } from 'class-validator';
import { CorrectionReasonEnum, SignaleringRelevanceEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { RegistrationFactsInput } from '../registration/registration-input.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `correctRegistration`.' })
export class CorrectRegistrationInput extends CaseStepInput implements CorrectRegistrationOrder {
  @Field(() => UuidScalar, { description: 'The registration.' })
  @IsDefined()
  readonly registrationId!: string;

  @Field(() => RegistrationFactsInput, {
    nullable: true,
    description: "The whole new value; leave out for a counterpart's registration.",
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => RegistrationFactsInput)
  readonly facts?: RegistrationFactsInput | null;

  @Field(() => SignaleringRelevanceEnum, { description: 'The new answer.' })
  @IsDefined()
  readonly signaleringRelevance!: SignaleringRelevance;

  @Field(() => CorrectionReasonEnum, { description: 'Why it is corrected.' })
  @IsDefined()
  readonly reason!: CorrectionReason;
}

@Resolver()
export class CorrectRegistrationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Replaces what a registration states; figures take the old facts back.',
  })
  async correctRegistration(
    @Args('input') input: CorrectRegistrationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new CorrectRegistration(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
