import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { EmergencyAccessReviewed } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import { byId, type RegisteredCase } from '../state.js';
import type { EmergencyVerdict } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Says whether emergency access was justified. */
export interface ReviewEmergencyAccess extends CaseStep {
  readonly type: 'ReviewEmergencyAccess';
  readonly emergencyId: string;
  readonly verdict: EmergencyVerdict;
  readonly note: Sealed | null;
}

/** Decides a review: once, and by someone else than who took the access. */
export const decideReviewEmergencyAccess = (
  { emergencyId, verdict, note }: ReviewEmergencyAccess,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<EmergencyAccessReviewed> => {
  const taken = byId(state.emergencies, emergencyId);
  if (!taken) return refuse('EMERGENCY_ACCESS_NOT_FOUND', { field: 'emergencyId' });
  if (taken.review)
    return taken.review.verdict === verdict && isActing(context, taken.review.by.professionalId)
      ? []
      : refuse('EMERGENCY_ACCESS_ALREADY_REVIEWED', { facts: { verdict: taken.review.verdict } });
  const act = actOf(context, taken.at);
  if (isRefusal(act)) return act;
  if (taken.takenBy.professionalId === act.by.professionalId) return refuse('EMERGENCY_ACCESS_OWN_REVIEW');
  return [
    {
      type: 'EmergencyAccessReviewed',
      caseId: state.caseId,
      occurredAt: act.at,
      emergencyId,
      reviewedBy: act.by,
      verdict,
      note,
    },
  ];
};
