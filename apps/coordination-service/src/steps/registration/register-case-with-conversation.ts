import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterCaseWithConversation } from '@spil/commands';
import type { RegisterCaseWithConversationInput as RegisterCaseWithConversationOrder } from '@spil/commands';
import type { ContactAttemptResult } from '@spil/domain';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, ValidateNested } from 'class-validator';
import { ContactAttemptResultEnum } from '../../api/enums.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { ConversationAccountInput } from '../conversation/account-input.js';
import { ContactInput } from '../piket/contact-input.js';
import { PiketQuestionInput } from '../piket/piket-question-input.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { NewRegistrationInput } from './registration-input.js';

@InputType({ description: 'Input of `registerCaseWithConversation`.' })
export class RegisterCaseWithConversationInput
  extends StepInput
  implements RegisterCaseWithConversationOrder
{
  @Field(() => NewRegistrationInput, { description: 'What opens the case.' })
  @ValidateNested()
  @Type(() => NewRegistrationInput)
  readonly registration!: NewRegistrationInput;

  @Field(() => PiketQuestionInput, {
    nullable: true,
    description: 'What was asked of the desk; leave out when no request preceded the contact.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => PiketQuestionInput)
  readonly request?: PiketQuestionInput | null;

  @Field(() => [ContactAttemptResultEnum], {
    nullable: true,
    description: 'Tries before the contact succeeded, in order; they need a request.',
  })
  @IsOptional()
  @ArrayMaxSize(50)
  readonly failedAttempts?: readonly ContactAttemptResult[] | null;

  @Field(() => ContactInput, { description: 'The contact that succeeded.' })
  @ValidateNested()
  @Type(() => ContactInput)
  readonly contact!: ContactInput;

  @Field(() => ConversationAccountInput, {
    nullable: true,
    description: 'The own account; leave out when it follows later.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConversationAccountInput)
  readonly account?: ConversationAccountInput | null;
}

@Resolver()
export class RegisterCaseWithConversationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'The one short form: case, contact and the own account at once (R 3.2).',
  })
  async registerCaseWithConversation(
    @Args('input') input: RegisterCaseWithConversationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterCaseWithConversation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
