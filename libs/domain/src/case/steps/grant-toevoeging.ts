import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { ToevoegingGranted } from '../events.js';
import { actOf } from '../rules/acting.js';
import { requestedToevoeging } from '../rules/toevoeging.js';
import { byId, type OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was granted. */
export interface GrantToevoeging extends CaseStep {
  readonly type: 'GrantToevoeging';
  readonly toevoegingId: string;
}

/** Decides that an application was granted. */
export const decideGrantToevoeging = (
  command: GrantToevoeging,
  state: OpenCase,
  context: DecisionContext,
): Decision<ToevoegingGranted> => {
  if (byId(state.toevoegingen, command.toevoegingId)?.status === 'GRANTED') return [];
  const toevoeging = requestedToevoeging(state, command.toevoegingId);
  if (isRefusal(toevoeging)) return toevoeging;
  const act = actOf(context, toevoeging.at);
  if (isRefusal(act)) return act;
  const { toevoegingId } = command;
  return [{ type: 'ToevoegingGranted', caseId: state.caseId, occurredAt: act.at, toevoegingId }];
};
