import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RecordConversation } from '@spil/commands';
import type { RecordConversationInput as RecordConversationOrder } from '@spil/commands';
import type { ConversationSide } from '@spil/domain';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { ConversationSideEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { ConversationAccountInput } from './account-input.js';

@InputType({ description: 'Input of `recordConversation`.' })
export class RecordConversationInput extends CaseStepInput implements RecordConversationOrder {
  @Field(() => UuidScalar, { description: 'The conversation that a contact opened.' })
  @IsDefined()
  readonly conversationId!: string;

  @Field(() => ConversationSideEnum, { description: 'Whose account it is.' })
  @IsDefined()
  readonly side!: ConversationSide;

  @Field(() => UuidScalar, {
    description: 'The registration, of the own organisation, that gives the account.',
  })
  @IsDefined()
  readonly registrationId!: string;

  @Field(() => ConversationAccountInput, { description: 'The account; of a correction the whole new value.' })
  @ValidateNested()
  @Type(() => ConversationAccountInput)
  readonly account!: ConversationAccountInput;
}

@Resolver()
export class RecordConversationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: "Records one side's account of a conversation (R 2.4)." })
  async recordConversation(
    @Args('input') input: RecordConversationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RecordConversation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
