import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { ContactFacts } from '../contact-facts.js';
import type { ContactSucceeded } from '../events.js';
import { actOf } from '../rules/acting.js';
import {
  conversationIsNew,
  contactSucceeded,
  derivedReach,
  unknownOnlyForImport,
} from '../rules/conversation.js';
import { openRequest } from '../rules/requests.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that the other side was reached. */
export interface RecordContact extends CaseStep, ContactFacts {
  readonly type: 'RecordContact';
  /** Null when the contact followed no request, for example when a lawyer began it. */
  readonly piketRequestId: string | null;
}

/** Decides a successful contact, on a request or without one. */
export const decideRecordContact = (
  command: RecordContact,
  state: OpenCase,
  context: DecisionContext,
): Decision<ContactSucceeded> => {
  if (byId(state.conversations, command.conversationId)?.contactId === command.contactId) return [];
  const request = command.piketRequestId === null ? undefined : openRequest(state, command.piketRequestId);
  if (isRefusal(request)) return request;
  const act = actOf(context, request?.at ?? state.registeredAt);
  if (isRefusal(act)) return act;
  return (
    unknownOnlyForImport(command, context) ??
    conversationIsNew(command, state) ?? [
      contactSucceeded(command, command, derivedReach(state, request, act), act),
    ]
  );
};
