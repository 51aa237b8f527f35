import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import { isSameTime } from '../../shared/step-time.js';
import type { CaseReopened } from '../events.js';
import { actOf } from '../rules/acting.js';
import type { ClosedCase, OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Takes the work on a closed case up again. */
export interface ReopenCase extends CaseStep {
  readonly type: 'ReopenCase';
  readonly reason: CaseReopened['reason'];
}

/** Decides the reopening of a closed case. */
export const decideReopenCase = (
  command: ReopenCase,
  state: OpenCase | ClosedCase,
  context: DecisionContext,
): Decision<CaseReopened> => {
  if (state.status === 'OPEN') {
    return isRepeat(command, state, context) ? [] : refuse('CASE_NOT_CLOSED', { rule: 'rule 10' });
  }
  const act = actOf(context, state.closing.at);
  if (isRefusal(act)) return act;
  return [
    {
      type: 'CaseReopened',
      caseId: state.caseId,
      occurredAt: act.at,
      reopenedBy: act.by,
      reason: command.reason,
    },
  ];
};

const isRepeat = (command: ReopenCase, { lastReopening }: OpenCase, context: DecisionContext): boolean =>
  lastReopening?.reason === command.reason && isSameTime(context, lastReopening.at);
