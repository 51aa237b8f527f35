import { refuse, type Refusal } from '../../shared/refusal.js';
import { byId, type CaseFile, type ConversationState, type PiketRequestState } from '../state.js';

/** Attempts, contact, escalation and the like belong to a request that nobody answered yet. */
export const openRequest = (file: CaseFile, piketRequestId: string): PiketRequestState | Refusal => {
  const request = byId(file.requests, piketRequestId);
  if (request === undefined) return refuse('PIKET_REQUEST_NOT_FOUND', { field: 'piketRequestId' });
  switch (request.status) {
    case 'OPEN':
      return request;
    case 'CONTACTED':
      return refuse('CONTACT_ALREADY_SUCCEEDED', { rule: 'step 4', field: 'piketRequestId' });
    case 'WITHDRAWN':
    case 'EXPIRED':
      return refuse('PIKET_REQUEST_NOT_OPEN', { field: 'piketRequestId', facts: { status: request.status } });
    default:
      return request.status satisfies never;
  }
};

/** The request from which a conversation came, where one did. */
export const requestOf = (file: CaseFile, conversation: ConversationState): PiketRequestState | undefined =>
  conversation.piketRequestId === null ? undefined : byId(file.requests, conversation.piketRequestId);
