import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import { isDue, timeOfStep } from '../../shared/step-time.js';
import type { HandoverLapsed, ReferralLapsed } from '../events.js';
import { handoverOf, withReceiver } from '../rules/handover.js';
import type { OpenCase } from '../state.js';
import { openReferralOf } from '../views.js';
import type { CaseStep } from './case-step.js';

/** Returns a handover that was not accepted in time to the sender (rule 5). */
export interface LapseHandover extends CaseStep {
  readonly type: 'LapseHandover';
  readonly handoverId: string;
}

/** Decides whether an offer has waited long enough to lapse; a warm referral lapses with it. */
export const decideLapseHandover = (
  command: LapseHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverLapsed | ReferralLapsed> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (known.status === 'PREPARED' && known.returned?.how === 'LAPSED') return [];
  const handover = withReceiver(known, 'OFFERED');
  if (isRefusal(handover)) return handover;
  const at = timeOfStep(context, handover.at);
  if (isRefusal(at)) return at;
  const refusal = isDue(context, handover.offer.respondBy);
  if (refusal) return refusal;
  const of = { caseId: state.caseId, occurredAt: at };
  const referral = openReferralOf(state, handover.handoverId);
  return [
    { type: 'HandoverLapsed', ...of, handoverId: handover.handoverId },
    ...(referral ? [{ type: 'ReferralLapsed' as const, ...of, referralId: referral.referralId }] : []),
  ];
};
