import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterCounterpart } from '@spil/commands';
import type { RegisterCounterpartInput as RegisterCounterpartOrder } from '@spil/commands';
import type { ConversationSide, SignaleringRelevance } from '@spil/domain';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { ConversationSideEnum, SignaleringRelevanceEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText, IsSentence } from '../../input/text.js';
import { ConversationAccountInput } from '../conversation/account-input.js';
import { ContactInput } from '../piket/contact-input.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `registerCounterpart`.' })
export class RegisterCounterpartInput extends StepInput implements RegisterCounterpartOrder {
  @Field(() => String, { description: 'As it was read out; case, spaces and hyphens do not matter.' })
  @IsSentence({ max: 40 })
  readonly registrationCode!: string;

  @Field(() => ConversationSideEnum, {
    nullable: true,
    description: 'On which side of the conversation; CONSULTED when left out.',
  })
  @IsOptional()
  readonly side?: ConversationSide | null;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 4000 })
  readonly note?: string | null;

  @Field(() => SignaleringRelevanceEnum, {
    nullable: true,
    description: 'NOT_ASKED when left out; YES also flags the case.',
  })
  @IsOptional()
  readonly signaleringRelevance?: SignaleringRelevance | null;

  @Field(() => ContactInput, { nullable: true, description: 'A contact that nobody recorded yet.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ContactInput)
  readonly contact?: ContactInput | null;

  @Field(() => UuidScalar, {
    nullable: true,
    description:
      "Of which conversation the account is; the latest one without this side's account when left out.",
  })
  @IsOptional()
  readonly conversationId?: string | null;

  @Field(() => ConversationAccountInput, {
    nullable: true,
    description: 'The account of this side, when it is given at once.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConversationAccountInput)
  readonly account?: ConversationAccountInput | null;
}

@Resolver()
export class RegisterCounterpartResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: "The other side's registration, by the code that was read out (R 2.4).",
  })
  async registerCounterpart(
    @Args('input') input: RegisterCounterpartInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterCounterpart(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
