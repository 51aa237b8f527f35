import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, type Refusal } from '../../shared/refusal.js';
import { isSameTime } from '../../shared/step-time.js';
import type { ConversationAccount, PiketConversationRecorded } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import {
  accountIsSound,
  accountRecorded,
  accountsLookAlike,
  asStored,
  conversationOf,
  mayGiveAccount,
  otherSide,
  sideIsFree,
} from '../rules/conversation.js';
import { ownRegistration } from '../rules/registration.js';
import { requestOf } from '../rules/requests.js';
import { closed } from '../rules/status.js';
import type { ClosedCase, ConversationState, OpenCase } from '../state.js';
import type { ConversationSide } from '../terms.js';
import { isGiven } from '../views.js';
import type { CaseStep } from './case-step.js';

/** Records one side's account of a conversation (R 2.4). */
export interface RecordConversation extends CaseStep {
  readonly type: 'RecordConversation';
  readonly conversationId: string;
  readonly side: ConversationSide;
  /** The registration, of the actor's organisation, that gives the account. */
  readonly registrationId: string;
  /** On the asking side an absent LAT answer is stored as not answered. */
  readonly account: ConversationAccount;
}

/** Decides one side's account: after contact succeeded, once per side (rule 3). */
export const decideRecordConversation = (
  command: RecordConversation,
  state: OpenCase | ClosedCase,
  context: DecisionContext,
): Decision<PiketConversationRecorded> => {
  const conversation = conversationOf(state, command.conversationId);
  if (isRefusal(conversation)) return conversation;
  if (isRepeat(command, conversation, context)) return [];
  const act = actOf(context, conversation.at);
  if (isRefusal(act)) return act;
  const registration = ownRegistration(state, command.registrationId, act.by);
  if (isRefusal(registration)) return registration;
  return (
    lateAccount(state, conversation, command.side, registration.role) ??
    sideIsFree(conversation, command.side) ??
    mayGiveAccount(
      conversation,
      command.side,
      command.registrationId,
      act.by,
      requestOf(state, conversation),
    ) ??
    accountIsSound(command.account, command.side) ?? [accountRecorded(command, act)]
  );
};

const isRepeat = (
  command: RecordConversation,
  conversation: ConversationState,
  context: DecisionContext,
): boolean => {
  const given = conversation.accounts[command.side];
  return (
    given.status === 'RECORDED' &&
    given.registrationId === command.registrationId &&
    isActing(context, given.recordedBy.professionalId) &&
    isSameTime(context, given.at) &&
    accountsLookAlike(given.account, asStored(command.account, command.side))
  );
};

/** A closed case accepts the other side's late account, and nothing that opens the story anew (rule 10). */
const lateAccount = (
  state: OpenCase | ClosedCase,
  conversation: ConversationState,
  side: ConversationSide,
  role: 'OWN' | 'COUNTERPART',
): Refusal | null => {
  if (state.status === 'OPEN' || role === 'COUNTERPART') return null;
  return isGiven(conversation.accounts[otherSide(side)]) ? null : closed(state);
};
