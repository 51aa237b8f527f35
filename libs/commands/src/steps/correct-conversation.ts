import { CommandHandler } from '@nestjs/cqrs';
import type {
  ConversationSide,
  CorrectConversation as CorrectConversationDecision,
  CorrectionReason,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { accountOf, type ConversationAccountInput } from './conversation-account.js';

/** Input of replacing one side's account; the whole new value is given. */
export interface CorrectConversationInput {
  readonly caseId: string;
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly account: ConversationAccountInput;
  readonly reason: CorrectionReason;
}

export class CorrectConversation extends CaseStepCommand<CorrectConversationInput> {}

@CommandHandler(CorrectConversation)
export class CorrectConversationHandler extends CaseStepHandler<CorrectConversationInput> {
  protected override decision(
    input: CorrectConversationInput,
    step: CaseStepTools,
  ): CorrectConversationDecision {
    return {
      type: 'CorrectConversation',
      caseId: input.caseId,
      conversationId: input.conversationId,
      side: input.side,
      account: accountOf(input.account, step),
      reason: input.reason,
    };
  }
}
