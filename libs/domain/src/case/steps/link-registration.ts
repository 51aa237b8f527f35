import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { timeOfStep } from '../../shared/step-time.js';
import type { Party, RegistrationLinked } from '../events.js';
import { conversationOf, mayGiveAccount, sideIsFree } from '../rules/conversation.js';
import { nobodyUnderWay } from '../rules/handover.js';
import { isLinkable } from '../rules/registration.js';
import { requestOf } from '../rules/requests.js';
import { closed, linkedElsewhere } from '../rules/status.js';
import { byId, type CaseFile, type ClosedCase, type OpenCase, type RegisteredCase } from '../state.js';
import type { ConversationSide, RegistrationKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** On the stream of the case whose registration code was used (rule 8). */
export interface LinkRegistrationAsHost extends CaseStep {
  readonly type: 'LinkRegistrationAsHost';
  readonly guestCaseId: string;
  /** As it stands on the guest's stream: its registration, by whom, and of which kind. */
  readonly registrationId: string;
  readonly registeredBy: Party;
  readonly registrationKind: RegistrationKind;
  readonly side: ConversationSide;
  /** The host's conversation of which the guest gave its account; null when it gave none. */
  readonly conversationId: string | null;
}

/** On the stream that the linked registration came from (rule 8). */
export interface LinkRegistrationAsGuest extends CaseStep {
  readonly type: 'LinkRegistrationAsGuest';
  readonly hostCaseId: string;
  readonly side: ConversationSide;
  /** The host's conversation of which this registration gave its account; null when it gave none. */
  readonly conversationId: string | null;
}

/**
 * Decides on the host's stream. The guest's account counts as given for the conversation it names; it stays on its own
 * stream, since accounts are never merged (rule 8). On a closed case only such an account lets it in (rule 10).
 */
export const decideLinkRegistrationAsHost = (
  command: LinkRegistrationAsHost,
  state: OpenCase | ClosedCase,
  context: DecisionContext,
): Decision<RegistrationLinked> => {
  if (byId(state.registrations, command.registrationId)) return [];
  if (state.status === 'CLOSED' && command.conversationId === null) return closed(state);
  const at = timeOfStep(context, state.registeredAt);
  if (isRefusal(at)) return at;
  const refusal =
    linkable(command.registrationKind, command.caseId, command.guestCaseId) ??
    (command.conversationId === null ? null : accountCanCount(command, command.conversationId, state));
  if (refusal) return refusal;
  const { caseId: hostCaseId, guestCaseId, registrationId, registeredBy, side, conversationId } = command;
  return [
    {
      type: 'RegistrationLinked',
      caseId: hostCaseId,
      occurredAt: at,
      role: 'HOST',
      hostCaseId,
      guestCaseId,
      registrationId,
      registeredBy,
      side,
      conversationId,
    },
  ];
};

/** Decides on the guest's stream: whether this registration may join another case (rule 8). */
export const decideLinkRegistrationAsGuest = (
  command: LinkRegistrationAsGuest,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<RegistrationLinked> => {
  if (state.status === 'LINKED') {
    return state.link.hostCaseId === command.hostCaseId ? [] : linkedElsewhere(state);
  }
  const own = byId(state.registrations, state.registrationId);
  if (own?.role !== 'OWN') throw new Error(`case ${state.caseId} has lost its own registration`);
  const at = timeOfStep(context, state.registeredAt);
  if (isRefusal(at)) return at;
  const refusal =
    linkable(own.kind, command.hostCaseId, state.caseId) ??
    standsAlone(state) ??
    nobodyUnderWay(state) ??
    (command.conversationId === null ? null : hasAccountOf(state, command.side));
  if (refusal) return refusal;
  return [
    {
      type: 'RegistrationLinked',
      caseId: state.caseId,
      occurredAt: at,
      role: 'GUEST',
      hostCaseId: command.hostCaseId,
      guestCaseId: state.caseId,
      registrationId: state.registrationId,
      registeredBy: own.registeredBy,
      side: command.side,
      conversationId: command.conversationId,
    },
  ];
};

const linkable = (kind: RegistrationKind, hostCaseId: string, guestCaseId: string): Refusal | null =>
  isLinkable(kind) && hostCaseId !== guestCaseId
    ? null
    : refuse('REGISTRATION_NOT_LINKABLE', {
        rule: 'rule 8',
        facts: { registrationKind: kind, sameCase: hostCaseId === guestCaseId },
      });

/** A registration that others joined is a case of its own and stays one. */
const standsAlone = (state: CaseFile): Refusal | null =>
  Object.keys(state.registrations).length === 1
    ? null
    : refuse('REGISTRATION_NOT_LINKABLE', { rule: 'rule 8', facts: { joinedByOthers: true } });

const accountCanCount = (
  command: LinkRegistrationAsHost,
  conversationId: string,
  state: CaseFile,
): Refusal | null => {
  const conversation = conversationOf(state, conversationId);
  if (isRefusal(conversation)) return conversation;
  return (
    sideIsFree(conversation, command.side) ??
    mayGiveAccount(
      conversation,
      command.side,
      command.registrationId,
      command.registeredBy,
      requestOf(state, conversation),
    )
  );
};

const hasAccountOf = (state: CaseFile, side: ConversationSide): Refusal | null =>
  Object.values(state.conversations).some(({ accounts }) => accounts[side].status === 'RECORDED')
    ? null
    : refuse('CONVERSATION_NOT_RECORDED', { rule: 'rule 8', field: 'conversationId', facts: { side } });
