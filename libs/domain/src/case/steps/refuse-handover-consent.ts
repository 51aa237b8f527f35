import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { HandoverConsentRefused } from '../events.js';
import { actOf } from '../rules/acting.js';
import { handoverOf, notInState, withSender } from '../rules/handover.js';
import type { OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that the client does not agree to hand over the form (P 5). */
export interface RefuseHandoverConsent extends CaseStep {
  readonly type: 'RefuseHandoverConsent';
  readonly handoverId: string;
}

/** Decides that the client did not agree; consent that was given is withdrawn instead. */
export const decideRefuseHandoverConsent = (
  command: RefuseHandoverConsent,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverConsentRefused> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (known.consent.status === 'REFUSED') return [];
  if (known.consent.status === 'GIVEN') return notInState(known);
  const handover = withSender(known);
  if (isRefusal(handover)) return handover;
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const { handoverId } = command;
  return [{ type: 'HandoverConsentRefused', caseId: state.caseId, occurredAt: act.at, handoverId }];
};
