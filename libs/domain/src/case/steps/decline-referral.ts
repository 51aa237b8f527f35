import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { ReferralDeclined } from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { answerableReferral, answeredByActor, isReceiverOfReferral } from '../rules/referral.js';
import { byId, type OpenCase } from '../state.js';
import type { DeclineReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** The receiver of a cold referral does not take the client on; a warm one is declined with its handover. */
export interface DeclineReferral extends CaseStep {
  readonly type: 'DeclineReferral';
  readonly referralId: string;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}

/** Decides whether the actor may decline. */
export const decideDeclineReferral = (
  command: DeclineReferral,
  state: OpenCase,
  context: DecisionContext,
): Decision<ReferralDeclined> => {
  const known = byId(state.referrals, command.referralId);
  if (known?.status === 'DECLINED' && known.warmth === 'COLD' && answeredByActor(known, context)) return [];
  const referral = answerableReferral(state, command.referralId);
  if (isRefusal(referral)) return referral;
  const act = actOf(context, referral.at);
  if (isRefusal(act)) return act;
  return isReceiverOfReferral(referral, act.by) ?? [referralDeclined(command, state.caseId, act)];
};

/** The event of a declined referral. */
export const referralDeclined = (
  declined: Pick<ReferralDeclined, 'referralId' | 'reason' | 'explanation'>,
  caseId: string,
  act: Act,
): ReferralDeclined => ({
  type: 'ReferralDeclined',
  caseId,
  occurredAt: act.at,
  referralId: declined.referralId,
  declinedBy: act.by,
  reason: declined.reason,
  explanation: declined.explanation,
});
