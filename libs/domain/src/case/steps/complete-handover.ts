import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isFirstLine } from '../../shared/lines.js';
import { isRefusal } from '../../shared/refusal.js';
import type { CoordinatorTransferred, WarmHandoverCompleted } from '../events.js';
import { actOf, isActing, type Act } from '../rules/acting.js';
import { clientConsents, handoverOf, isNamedReceiver, withReceiver } from '../rules/handover.js';
import type { CaseFile, HandoverWithReceiver, OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';
import { coordinatorTransferred } from './transfer-coordinator.js';

/** The receiver had first contact with the client (rule 5). */
export interface CompleteHandover extends CaseStep {
  readonly type: 'CompleteHandover';
  readonly handoverId: string;
}

/** Decides the completion, which only the receiver can state; the coordinating role goes along to the first line. */
export const decideCompleteHandover = (
  command: CompleteHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<WarmHandoverCompleted | CoordinatorTransferred> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (known.status === 'COMPLETED' && isActing(context, known.offer.to.professionalId)) return [];
  const handover = withReceiver(known, 'ACCEPTED');
  if (isRefusal(handover)) return handover;
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const refusal = isNamedReceiver(handover, act.by) ?? clientConsents(handover);
  if (refusal) return refusal;
  return [
    {
      type: 'WarmHandoverCompleted',
      caseId: state.caseId,
      occurredAt: act.at,
      handoverId: handover.handoverId,
      completedBy: act.by,
    },
    ...coordinatorGoesAlong(state, handover, act),
  ];
};

/** A coordinator who hands the client over to a first-line colleague hands over the coordinating role too (P 12). */
const coordinatorGoesAlong = (
  state: CaseFile,
  handover: HandoverWithReceiver,
  act: Act,
): readonly CoordinatorTransferred[] =>
  state.coordinator?.professionalId === handover.offer.by.professionalId &&
  isFirstLine(act.by.organisationKind)
    ? [coordinatorTransferred(state.coordinator, { to: act.by, reason: 'HANDOVER' }, state.caseId, act.at)]
    : [];
