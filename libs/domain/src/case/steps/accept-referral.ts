import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { ReferralAccepted } from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import {
  answerableReferral,
  answeredByActor,
  consultedLawyerMayReceive,
  isReceiverOfReferral,
} from '../rules/referral.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** The receiver of a cold referral takes the client on; a warm one is accepted with its handover. */
export interface AcceptReferral extends CaseStep {
  readonly type: 'AcceptReferral';
  readonly referralId: string;
  /** In force at the case's location on the day of the acceptance. */
  readonly policy: ProgrammePolicy;
}

/** Decides whether the actor may take the client on. */
export const decideAcceptReferral = (
  command: AcceptReferral,
  state: OpenCase,
  context: DecisionContext,
): Decision<ReferralAccepted> => {
  const known = byId(state.referrals, command.referralId);
  if (known?.status === 'ACCEPTED' && known.warmth === 'COLD' && answeredByActor(known, context)) return [];
  const referral = answerableReferral(state, command.referralId);
  if (isRefusal(referral)) return referral;
  const act = actOf(context, referral.at);
  if (isRefusal(act)) return act;
  return (
    isReceiverOfReferral(referral, act.by) ??
    consultedLawyerMayReceive(
      state,
      command.policy,
      referral.referredBy.organisationKind,
      act.by.professionalId,
    ) ?? [referralAccepted(referral.referralId, state.caseId, act)]
  );
};

/** The event of an accepted referral. */
export const referralAccepted = (referralId: string, caseId: string, act: Act): ReferralAccepted => ({
  type: 'ReferralAccepted',
  caseId,
  occurredAt: act.at,
  referralId,
  acceptedBy: act.by,
});
