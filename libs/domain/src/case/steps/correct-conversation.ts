import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { isSameTime } from '../../shared/step-time.js';
import type { ConversationAccount, ConversationCorrected } from '../events.js';
import { actOf } from '../rules/acting.js';
import { accountIsSound, accountsLookAlike, asStored, conversationOf } from '../rules/conversation.js';
import type { AccountState, RecordedAccount, RegisteredCase } from '../state.js';
import type { ConversationSide, CorrectionReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Replaces one side's account; the whole new value is given. */
export interface CorrectConversation extends CaseStep {
  readonly type: 'CorrectConversation';
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly account: ConversationAccount;
  readonly reason: CorrectionReason;
}

/** Decides a correction of an account, by the organisation that gave it. */
export const decideCorrectConversation = (
  command: CorrectConversation,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<ConversationCorrected> => {
  const conversation = conversationOf(state, command.conversationId);
  if (isRefusal(conversation)) return conversation;
  const given = conversation.accounts[command.side];
  if (given.status !== 'RECORDED') return notRecordedHere(given, command.side);
  const act = actOf(context, given.at);
  if (isRefusal(act)) return act;
  if (given.recordedBy.organisationId !== act.by.organisationId) {
    return refuse('NOT_A_PARTICIPANT', { rule: 'rule 8', field: 'side' });
  }
  const unsound = accountIsSound(command.account, command.side);
  if (unsound) return unsound;
  const account = asStored(command.account, command.side);
  if (accountsLookAlike(given.account, account)) {
    if (isRepeat(command, given, context)) return [];
    if (account.advice === null && account.motivation === null) {
      return refuse('CORRECTION_CHANGES_NOTHING', { rule: 'step 11' });
    }
  }
  const { conversationId, side, reason } = command;
  return [
    {
      type: 'ConversationCorrected',
      caseId: state.caseId,
      occurredAt: act.at,
      conversationId,
      side,
      account,
      reason,
    },
  ];
};

/** An account that a linked registration gave is corrected where it stands (rule 8). */
const notRecordedHere = (account: AccountState, side: ConversationSide): Refusal =>
  account.status === 'LINKED'
    ? refuse('CASE_LINKED_ELSEWHERE', { rule: 'rule 8', facts: { guestCaseId: account.guestCaseId } })
    : refuse('CONVERSATION_NOT_RECORDED', { rule: 'step 11', field: 'side', facts: { side } });

const isRepeat = (
  command: CorrectConversation,
  { lastCorrection }: RecordedAccount,
  context: DecisionContext,
): boolean => lastCorrection?.reason === command.reason && isSameTime(context, lastCorrection.at);
