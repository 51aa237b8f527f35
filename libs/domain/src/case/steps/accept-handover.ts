import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { HandoverAccepted, ReferralAccepted } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import { clientConsents, handoverOf, isNamedReceiver, withReceiver } from '../rules/handover.js';
import type { OpenCase } from '../state.js';
import { openReferralOf } from '../views.js';
import { referralAccepted } from './accept-referral.js';
import type { CaseStep } from './case-step.js';

/** The named receiver takes the handover on. */
export interface AcceptHandover extends CaseStep {
  readonly type: 'AcceptHandover';
  readonly handoverId: string;
}

/** Decides the acceptance by the named receiver; a warm referral is accepted with it. */
export const decideAcceptHandover = (
  command: AcceptHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverAccepted | ReferralAccepted> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (known.status === 'ACCEPTED' && isActing(context, known.offer.to.professionalId)) return [];
  const handover = withReceiver(known, 'OFFERED');
  if (isRefusal(handover)) return handover;
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const refusal = isNamedReceiver(handover, act.by) ?? clientConsents(handover);
  if (refusal) return refusal;
  const referral = openReferralOf(state, handover.handoverId);
  return [
    {
      type: 'HandoverAccepted',
      caseId: state.caseId,
      occurredAt: act.at,
      handoverId: handover.handoverId,
      acceptedBy: act.by,
    },
    ...(referral ? [referralAccepted(referral.referralId, state.caseId, act)] : []),
  ];
};
