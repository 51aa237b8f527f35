import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { ContactAttempted } from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { openRequest } from '../rules/requests.js';
import { byId, type OpenCase } from '../state.js';
import type { ContactAttemptResult } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records one try that did not reach the person on duty. */
export interface RecordContactAttempt extends CaseStep {
  readonly type: 'RecordContactAttempt';
  readonly attemptId: string;
  readonly piketRequestId: string;
  readonly result: ContactAttemptResult;
  readonly callBackAt: Instant | null;
}

/** Decides a contact attempt: only on a request that is still open. */
export const decideRecordContactAttempt = (
  command: RecordContactAttempt,
  state: OpenCase,
  context: DecisionContext,
): Decision<ContactAttempted> => {
  if (byId(state.attempts, command.attemptId)) return [];
  const request = openRequest(state, command.piketRequestId);
  if (isRefusal(request)) return request;
  const act = actOf(context, request.at);
  if (isRefusal(act)) return act;
  return [contactAttempted(command, state.caseId, act)];
};

/** The event of a failed attempt. */
export const contactAttempted = (
  attempt: Omit<RecordContactAttempt, 'type' | 'caseId'>,
  caseId: string,
  act: Act,
): ContactAttempted => ({
  type: 'ContactAttempted',
  caseId,
  occurredAt: act.at,
  attemptId: attempt.attemptId,
  piketRequestId: attempt.piketRequestId,
  attemptedBy: act.by,
  result: attempt.result,
  callBackAt: attempt.callBackAt,
});
