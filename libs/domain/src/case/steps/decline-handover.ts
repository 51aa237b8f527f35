import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { HandoverDeclined, ReferralDeclined } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import { handoverOf, mayDecline, notInState } from '../rules/handover.js';
import { byId, type HandoverWithSender, type OpenCase } from '../state.js';
import type { DeclineReason } from '../terms.js';
import type { CaseStep } from './case-step.js';
import { referralDeclined } from './decline-referral.js';

/** The receiver does not take the handover on, or cannot go on with it; it returns to the sender. */
export interface DeclineHandover extends CaseStep {
  readonly type: 'DeclineHandover';
  readonly handoverId: string;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}

/** Decides that the receiver does not go on, before or after accepting; a warm referral is declined with it. */
export const decideDeclineHandover = (
  command: DeclineHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverDeclined | ReferralDeclined> => {
  const handover = handoverOf(state, command.handoverId);
  if (isRefusal(handover)) return handover;
  if (handover.status === 'PREPARED') {
    return isRepeat(command, handover, context) ? [] : notInState(handover);
  }
  if (handover.status === 'COMPLETED') return notInState(handover);
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const refusal = mayDecline(handover, act.by);
  if (refusal) return refusal;
  const { reason, explanation } = command;
  const referral = handover.referralId === null ? undefined : byId(state.referrals, handover.referralId);
  return [
    {
      type: 'HandoverDeclined',
      caseId: state.caseId,
      occurredAt: act.at,
      handoverId: handover.handoverId,
      declinedBy: act.by,
      reason,
      explanation,
    },
    ...(referral?.status === 'OPEN' || referral?.status === 'ACCEPTED'
      ? [referralDeclined({ referralId: referral.referralId, reason, explanation }, state.caseId, act)]
      : []),
  ];
};

const isRepeat = (
  command: DeclineHandover,
  { returned }: HandoverWithSender,
  context: DecisionContext,
): boolean =>
  returned?.how === 'DECLINED' &&
  returned.reason === command.reason &&
  isActing(context, returned.by.professionalId);
