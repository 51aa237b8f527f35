import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { CorrectConversation } from '@spil/commands';
import type { CorrectConversationInput as CorrectConversationOrder } from '@spil/commands';
import type { ConversationSide, CorrectionReason } from '@spil/domain';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { ConversationSideEnum, CorrectionReasonEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ConversationAccountInput } from './account-input.js';

@InputType({ description: 'Input of `correctConversation`.' })
export class CorrectConversationInput extends CaseStepInput implements CorrectConversationOrder {
  @Field(() => UuidScalar, { description: 'The conversation.' })
  @IsDefined()
  readonly conversationId!: string;

  @Field(() => ConversationSideEnum, { description: 'Whose account it is.' })
  @IsDefined()
  readonly side!: ConversationSide;

  @Field(() => ConversationAccountInput, { description: 'The account; of a correction the whole new value.' })
  @ValidateNested()
  @Type(() => ConversationAccountInput)
  readonly account!: ConversationAccountInput;

  @Field(() => CorrectionReasonEnum, { description: 'Why it is corrected.' })
  @IsDefined()
  readonly reason!: CorrectionReason;
}

@Resolver()
export class CorrectConversationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: "Replaces one side's account; figures take the old one back." })
  async correctConversation(
    @Args('input') input: CorrectConversationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new CorrectConversation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
