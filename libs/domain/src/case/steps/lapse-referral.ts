import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import { isDue, timeOfStep } from '../../shared/step-time.js';
import type { ReferralLapsed } from '../events.js';
import { answerableReferral } from '../rules/referral.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Ends a cold referral that was not answered in time; a warm one lapses with its handover. */
export interface LapseReferral extends CaseStep {
  readonly type: 'LapseReferral';
  readonly referralId: string;
}

/** Decides whether a referral has waited long enough to lapse; a process or a professional may say so. */
export const decideLapseReferral = (
  command: LapseReferral,
  state: OpenCase,
  context: DecisionContext,
): Decision<ReferralLapsed> => {
  const known = byId(state.referrals, command.referralId);
  if (known?.status === 'LAPSED' && known.warmth === 'COLD') return [];
  const referral = answerableReferral(state, command.referralId);
  if (isRefusal(referral)) return referral;
  const occurredAt = timeOfStep(context, referral.at);
  if (isRefusal(occurredAt)) return occurredAt;
  return (
    isDue(context, referral.respondBy) ?? [
      { type: 'ReferralLapsed', caseId: state.caseId, occurredAt, referralId: referral.referralId },
    ]
  );
};
