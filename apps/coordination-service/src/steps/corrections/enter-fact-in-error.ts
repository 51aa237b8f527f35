import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { EnterFactInError } from '@spil/commands';
import type { ConversationSide, CorrectionReason, FactReference } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { ConversationSideEnum, CorrectionReasonEnum } from '../../api/enums.js';
import { badUserInput } from '../../api/errors.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { FactKindEnum } from '../step-enums.js';
import { CaseStepInput, orderOf } from '../step-input.js';
import { payloadOf, StepPayload } from '../step-payload.js';

@InputType({ description: 'Input of `enterFactInError`.' })
export class EnterFactInErrorInput extends CaseStepInput {
  @Field(() => FactKindEnum, { description: 'What never happened.' })
  @IsDefined()
  readonly kind!: FactReference['kind'];

  @Field(() => UuidScalar, {
    description: 'Its id: of the attempt, contact, conversation, assessment or toevoeging.',
  })
  @IsDefined()
  readonly id!: string;

  @Field(() => ConversationSideEnum, {
    nullable: true,
    description: 'Of a conversation account: whose it is; required there.',
  })
  @IsOptional()
  readonly side?: ConversationSide | null;

  @Field(() => CorrectionReasonEnum, { description: 'Why it is taken back.' })
  @IsDefined()
  readonly reason!: CorrectionReason;
}

@Resolver()
export class EnterFactInErrorResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'States that a recorded fact never happened; history keeps it, figures take it back.',
  })
  async enterFactInError(
    @Args('input') input: EnterFactInErrorInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    const { caseId, reason } = input;
    const order = orderOf(input, asking, correlationId);
    return payloadOf(
      await this.commands.execute(new EnterFactInError(order, { caseId, reason, fact: factOf(input) })),
    );
  }
}

/** @throws ApiError when an account is named without its side */
function factOf({ kind, id, side }: EnterFactInErrorInput): FactReference {
  if (kind !== 'CONVERSATION_ACCOUNT') return { kind, id };
  if (side == null)
    throw badUserInput([{ field: 'side', message: 'is required for a conversation account' }]);
  return { kind, id, side };
}
