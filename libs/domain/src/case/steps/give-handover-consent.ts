import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { HandoverConsentGiven } from '../events.js';
import { actOf } from '../rules/acting.js';
import { handoverOf, notInState, withSender } from '../rules/handover.js';
import type { OpenCase } from '../state.js';
import type { ConsentForm } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that the client agrees to hand over the form (P 5). */
export interface GiveHandoverConsent extends CaseStep {
  readonly type: 'GiveHandoverConsent';
  readonly handoverId: string;
  readonly form: ConsentForm;
}

/** Decides that the client agreed; a client who refused or took it back may agree after all. */
export const decideGiveHandoverConsent = (
  command: GiveHandoverConsent,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverConsentGiven> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (known.consent.status === 'GIVEN') {
    return known.consent.form === command.form ? [] : notInState(known);
  }
  const handover = withSender(known);
  if (isRefusal(handover)) return handover;
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const { handoverId, form } = command;
  return [{ type: 'HandoverConsentGiven', caseId: state.caseId, occurredAt: act.at, handoverId, form }];
};
