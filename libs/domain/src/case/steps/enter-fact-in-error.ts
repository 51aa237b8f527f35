import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { FactEnteredInError, FactReference, Party } from '../events.js';
import { actOf } from '../rules/acting.js';
import { linkedElsewhere } from '../rules/status.js';
import { byId, type CaseFile, type ConversationState, type RegisteredCase } from '../state.js';
import { conversationSides, type ConversationSide, type CorrectionReason } from '../terms.js';
import { isGiven } from '../views.js';
import type { CaseStep } from './case-step.js';

/** States that a recorded fact never happened. */
export interface EnterFactInError extends CaseStep {
  readonly type: 'EnterFactInError';
  readonly fact: FactReference;
  readonly reason: CorrectionReason;
}

/** Decides that a recorded fact never happened; history keeps it, figures take it back. */
export const decideEnterFactInError = (
  command: EnterFactInError,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<FactEnteredInError> => {
  const known = factOf(state, command.fact);
  if (!known) return refuse('FACT_NOT_FOUND', { field: 'fact', facts: { kind: command.fact.kind } });
  if (known.inError === command.reason) return [];
  if (known.inError) return refuse('FACT_ALREADY_IN_ERROR', { facts: { reason: known.inError } });
  const act = actOf(context, known.at);
  if (isRefusal(act)) return act;
  const refusal =
    leavesLinkedAccounts(command.fact, state) ??
    accountsComeFirst(command.fact, state) ??
    onlyOwnAccount(command.fact, state, act.by);
  if (refusal) return refusal;
  const { fact, reason } = command;
  return [{ type: 'FactEnteredInError', caseId: state.caseId, occurredAt: act.at, fact, reason }];
};

interface KnownFact {
  readonly at: Instant;
  readonly inError: CorrectionReason | null;
}

const factOf = (state: CaseFile, fact: FactReference): KnownFact | undefined => {
  switch (fact.kind) {
    case 'CONTACT_ATTEMPT':
      return byId(state.attempts, fact.id);
    case 'CONTACT':
      return conversationOpenedBy(state, fact.id);
    case 'CONVERSATION_ACCOUNT':
      return accountOf(byId(state.conversations, fact.id), fact.side);
    case 'SELF_RELIANCE_ASSESSMENT':
      return state.assessments.find(({ assessmentId }) => assessmentId === fact.id);
    case 'TOEVOEGING':
      return byId(state.toevoegingen, fact.id);
    default:
      return fact satisfies never;
  }
};

const conversationOpenedBy = (state: CaseFile, contactId: string): ConversationState | undefined =>
  Object.values(state.conversations).find((conversation) => conversation.contactId === contactId);

const accountOf = (
  conversation: ConversationState | undefined,
  side: ConversationSide,
): KnownFact | undefined => {
  const account = conversation?.accounts[side];
  if (account?.status === 'RECORDED') return { at: account.at, inError: null };
  return conversation && account?.status === 'IN_ERROR'
    ? { at: conversation.at, inError: account.reason }
    : undefined;
};

/** The other case counts the account of a linked registration; taken back, it would still count there (rule 8). */
const leavesLinkedAccounts = (fact: FactReference, state: RegisteredCase): Refusal | null =>
  state.status === 'LINKED' && (fact.kind === 'CONTACT' || fact.kind === 'CONVERSATION_ACCOUNT')
    ? linkedElsewhere(state)
    : null;

/** A contact of which someone gave an account did happen, until the accounts are in error themselves (rule 3). */
const accountsComeFirst = (fact: FactReference, state: CaseFile): Refusal | null => {
  const conversation = fact.kind === 'CONTACT' ? conversationOpenedBy(state, fact.id) : undefined;
  const sides = conversationSides.filter((side) => conversation && isGiven(conversation.accounts[side]));
  return sides.length === 0
    ? null
    : refuse('FACT_HAS_ACCOUNTS', { rule: 'rule 3', field: 'fact', facts: { sides } });
};

/** The two accounts are kept apart: each organisation takes back only its own (rule 8). */
const onlyOwnAccount = (fact: FactReference, state: CaseFile, by: Party): Refusal | null => {
  if (fact.kind !== 'CONVERSATION_ACCOUNT') return null;
  const account = byId(state.conversations, fact.id)?.accounts[fact.side];
  return account?.status === 'RECORDED' && account.recordedBy.organisationId === by.organisationId
    ? null
    : refuse('NOT_A_PARTICIPANT', { rule: 'rule 8', field: 'fact' });
};
