import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import { isSameTime } from '../../shared/step-time.js';
import type { CaseClosed } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import { nobodyUnderWay } from '../rules/handover.js';
import { closed } from '../rules/status.js';
import type { ClosedCase, OpenCase } from '../state.js';
import type { CaseOutcome, CaseSolution } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Ends the work on a case. */
export interface CloseCase extends CaseStep {
  readonly type: 'CloseCase';
  readonly outcome: CaseOutcome;
  readonly solution: CaseSolution;
  /** Null when not answered. */
  readonly solvedInFirstLine: boolean | null;
}

/** Decides the closing. A case with a handover under way stays open: no client disappears between two desks (rule 5). */
export const decideCloseCase = (
  command: CloseCase,
  state: OpenCase | ClosedCase,
  context: DecisionContext,
): Decision<CaseClosed> => {
  if (state.status === 'CLOSED') return isRepeat(command, state, context) ? [] : closed(state);
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  return (
    nobodyUnderWay(state) ?? [
      {
        type: 'CaseClosed',
        caseId: state.caseId,
        occurredAt: act.at,
        closedBy: act.by,
        outcome: command.outcome,
        solution: command.solution,
        solvedInFirstLine: command.solvedInFirstLine,
      },
    ]
  );
};

const isRepeat = (command: CloseCase, { closing }: ClosedCase, context: DecisionContext): boolean =>
  closing.outcome === command.outcome &&
  closing.solution === command.solution &&
  isActing(context, closing.closedBy.professionalId) &&
  isSameTime(context, closing.at);
