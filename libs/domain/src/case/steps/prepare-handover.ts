import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { HandoverPrepared } from '../events.js';
import { actOf } from '../rules/acting.js';
import { referralNotOpen } from '../rules/referral.js';
import { byId, type CaseFile, type OpenCase, type ReferralState } from '../state.js';
import { openReferralOf } from '../views.js';
import type { CaseStep } from './case-step.js';

/** Draws up the dossier, so that the client need not tell the story again (P 5). */
export interface PrepareHandover extends CaseStep {
  readonly type: 'PrepareHandover';
  readonly handoverId: string;
  /** The warm referral that this handover carries; null when it has none, or is known by the handover's id. */
  readonly referralId: string | null;
  readonly dossier: Sealed | null;
}

/** Decides that a dossier was drawn up; without one there is no warm handover (rule 5). */
export const decidePrepareHandover = (
  command: PrepareHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverPrepared> => {
  if (byId(state.handovers, command.handoverId)) return [];
  const referral = carriedReferral(command, state);
  if (isRefusal(referral)) return referral;
  const act = actOf(context, referral?.at ?? state.registeredAt);
  if (isRefusal(act)) return act;
  if (command.dossier === null) {
    return refuse('HANDOVER_NEEDS_DOSSIER', { rule: 'rule 5', field: 'dossier' });
  }
  return [
    {
      type: 'HandoverPrepared',
      caseId: state.caseId,
      occurredAt: act.at,
      handoverId: command.handoverId,
      referralId: referral?.referralId ?? null,
      preparedBy: act.by,
      dossier: command.dossier,
    },
  ];
};

/** The warm referral that announced this handover; a referral that did not cannot be carried by it (rule 5). */
const carriedReferral = (command: PrepareHandover, state: CaseFile): ReferralState | undefined | Refusal => {
  if (command.referralId === null) return openReferralOf(state, command.handoverId);
  const referral = byId(state.referrals, command.referralId);
  if (referral?.handoverId !== command.handoverId) {
    return refuse('REFERRAL_NOT_FOUND', { rule: 'rule 5', field: 'referralId' });
  }
  return referral.status === 'OPEN' ? referral : referralNotOpen(referral);
};
