import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import type { ToevoegingRequested } from '../events.js';
import { actOf } from '../rules/acting.js';
import { toevoegingKindInForce } from '../rules/referral.js';
import { byId, type OpenCase } from '../state.js';
import type { ToevoegingKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was applied for. */
export interface RequestToevoeging extends CaseStep {
  readonly type: 'RequestToevoeging';
  readonly toevoegingId: string;
  readonly referralId: string | null;
  readonly kind: ToevoegingKind;
}

/** Decides an application for subsidised legal aid. */
export const decideRequestToevoeging = (
  command: RequestToevoeging,
  state: OpenCase,
  context: DecisionContext,
): Decision<ToevoegingRequested> => {
  if (byId(state.toevoegingen, command.toevoegingId)) return [];
  const referral = command.referralId === null ? undefined : byId(state.referrals, command.referralId);
  if (command.referralId !== null && !referral) return refuse('REFERRAL_NOT_FOUND', { field: 'referralId' });
  const act = actOf(context, referral?.at ?? state.registeredAt);
  if (isRefusal(act)) return act;
  return (
    toevoegingKindInForce(command.kind, act.at, 'kind') ?? [
      {
        type: 'ToevoegingRequested',
        caseId: state.caseId,
        occurredAt: act.at,
        toevoegingId: command.toevoegingId,
        referralId: command.referralId,
        kind: command.kind,
        requestedBy: act.by,
      },
    ]
  );
};
