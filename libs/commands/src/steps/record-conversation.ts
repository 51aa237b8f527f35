import { CommandHandler } from '@nestjs/cqrs';
import type { ConversationSide, RecordConversation as RecordConversationDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { accountOf, type ConversationAccountInput } from './conversation-account.js';

/** Input of recording one side's account of a conversation (R 2.4). */
export interface RecordConversationInput {
  readonly caseId: string;
  readonly conversationId: string;
  readonly side: ConversationSide;
  /** The registration, of the own organisation, that gives the account. */
  readonly registrationId: string;
  readonly account: ConversationAccountInput;
}

export class RecordConversation extends CaseStepCommand<RecordConversationInput> {}

@CommandHandler(RecordConversation)
export class RecordConversationHandler extends CaseStepHandler<RecordConversationInput> {
  protected override decision(
    input: RecordConversationInput,
    step: CaseStepTools,
  ): RecordConversationDecision {
    return {
      type: 'RecordConversation',
      caseId: input.caseId,
      conversationId: input.conversationId,
      side: input.side,
      registrationId: input.registrationId,
      account: accountOf(input.account, step),
    };
  }
}
