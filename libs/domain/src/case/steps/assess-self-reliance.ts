import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { SelfRelianceAssessed } from '../events.js';
import { actOf } from '../rules/acting.js';
import type { OpenCase } from '../state.js';
import type { SelfRelianceOutcome } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Assesses how far the client can act alone (P 12). */
export interface AssessSelfReliance extends CaseStep {
  readonly type: 'AssessSelfReliance';
  readonly assessmentId: string;
  readonly outcome: SelfRelianceOutcome;
  readonly wronglyAssumed: boolean;
  readonly indicators: Sealed | null;
}

/** Decides the assessment; a later one takes the place of an earlier one. */
export const decideAssessSelfReliance = (
  command: AssessSelfReliance,
  state: OpenCase,
  context: DecisionContext,
): Decision<SelfRelianceAssessed> => {
  if (state.assessments.some(({ assessmentId }) => assessmentId === command.assessmentId)) return [];
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  return [
    {
      type: 'SelfRelianceAssessed',
      caseId: state.caseId,
      occurredAt: act.at,
      assessmentId: command.assessmentId,
      assessedBy: act.by,
      outcome: command.outcome,
      wronglyAssumed: command.wronglyAssumed,
      indicators: command.indicators,
    },
  ];
};
