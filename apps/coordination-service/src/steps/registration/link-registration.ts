import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { LinkRegistration } from '@spil/commands';
import type { LinkRegistrationInput as LinkRegistrationOrder } from '@spil/commands';
import type { ConversationSide } from '@spil/domain';
import { IsOptional } from 'class-validator';
import { ConversationSideEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsSentence } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `linkRegistration`.' })
export class LinkRegistrationInput extends CaseStepInput implements LinkRegistrationOrder {
  @Field(() => String, { description: 'Of the case that it is linked to.' })
  @IsSentence({ max: 40 })
  readonly registrationCode!: string;

  @Field(() => ConversationSideEnum, {
    nullable: true,
    description: 'On which side of the conversation; CONSULTED when left out.',
  })
  @IsOptional()
  readonly side?: ConversationSide | null;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'Of which conversation there the own account is; the latest open one when left out.',
  })
  @IsOptional()
  readonly conversationId?: string | null;
}

@Resolver()
export class LinkRegistrationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'Links a registration that started as a case of its own to the case of its conversation (rule 8).',
  })
  async linkRegistration(
    @Args('input') input: LinkRegistrationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new LinkRegistration(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
