import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import { isDue, timeOfStep } from '../../shared/step-time.js';
import type { PiketRequestExpired } from '../events.js';
import { openRequest } from '../rules/requests.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Ends a request on which nobody was reached in time. */
export interface ExpirePiketRequest extends CaseStep {
  readonly type: 'ExpirePiketRequest';
  readonly piketRequestId: string;
}

/** Decides whether a request has waited long enough to end. */
export const decideExpirePiketRequest = (
  command: ExpirePiketRequest,
  state: OpenCase,
  context: DecisionContext,
): Decision<PiketRequestExpired> => {
  if (byId(state.requests, command.piketRequestId)?.status === 'EXPIRED') return [];
  const request = openRequest(state, command.piketRequestId);
  if (isRefusal(request)) return request;
  const at = timeOfStep(context, request.at);
  if (isRefusal(at)) return at;
  const { piketRequestId } = command;
  return (
    isDue(context, request.respondBy) ?? [
      { type: 'PiketRequestExpired', caseId: state.caseId, occurredAt: at, piketRequestId },
    ]
  );
};
