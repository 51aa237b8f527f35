import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { PiketRequestWithdrawn } from '../events.js';
import { actOf } from '../rules/acting.js';
import { openRequest } from '../rules/requests.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** The asker no longer needs the conversation. */
export interface WithdrawPiketRequest extends CaseStep {
  readonly type: 'WithdrawPiketRequest';
  readonly piketRequestId: string;
}

/** Decides the withdrawal of an open request. */
export const decideWithdrawPiketRequest = (
  command: WithdrawPiketRequest,
  state: OpenCase,
  context: DecisionContext,
): Decision<PiketRequestWithdrawn> => {
  if (byId(state.requests, command.piketRequestId)?.status === 'WITHDRAWN') return [];
  const request = openRequest(state, command.piketRequestId);
  if (isRefusal(request)) return request;
  const act = actOf(context, request.at);
  if (isRefusal(act)) return act;
  const { piketRequestId } = command;
  return [{ type: 'PiketRequestWithdrawn', caseId: state.caseId, occurredAt: act.at, piketRequestId }];
};
