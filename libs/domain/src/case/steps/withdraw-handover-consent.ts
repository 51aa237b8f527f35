import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { HandoverConsentWithdrawn } from '../events.js';
import { actOf } from '../rules/acting.js';
import { handoverOf, notInState } from '../rules/handover.js';
import type { OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that the client takes consent back, which is possible until the handover is completed. */
export interface WithdrawHandoverConsent extends CaseStep {
  readonly type: 'WithdrawHandoverConsent';
  readonly handoverId: string;
}

/** Decides that the client took consent back: a handover under way returns to the sender (rule 5). */
export const decideWithdrawHandoverConsent = (
  command: WithdrawHandoverConsent,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverConsentWithdrawn> => {
  const handover = handoverOf(state, command.handoverId);
  if (isRefusal(handover)) return handover;
  if (handover.consent.status === 'WITHDRAWN') return [];
  if (handover.consent.status !== 'GIVEN' || handover.status === 'COMPLETED') return notInState(handover);
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const { handoverId } = command;
  return [{ type: 'HandoverConsentWithdrawn', caseId: state.caseId, occurredAt: act.at, handoverId }];
};
