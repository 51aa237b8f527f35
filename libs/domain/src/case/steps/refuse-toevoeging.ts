import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { ToevoegingRefused } from '../events.js';
import { actOf } from '../rules/acting.js';
import { requestedToevoeging } from '../rules/toevoeging.js';
import { byId, type OpenCase } from '../state.js';
import type { ToevoegingRefusalGround } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was refused, and on which ground (P 11). */
export interface RefuseToevoeging extends CaseStep {
  readonly type: 'RefuseToevoeging';
  readonly toevoegingId: string;
  readonly ground: ToevoegingRefusalGround;
}

/** Decides that an application was refused. */
export const decideRefuseToevoeging = (
  command: RefuseToevoeging,
  state: OpenCase,
  context: DecisionContext,
): Decision<ToevoegingRefused> => {
  const known = byId(state.toevoegingen, command.toevoegingId);
  if (known?.status === 'REFUSED' && known.ground === command.ground) return [];
  const toevoeging = requestedToevoeging(state, command.toevoegingId);
  if (isRefusal(toevoeging)) return toevoeging;
  const act = actOf(context, toevoeging.at);
  if (isRefusal(act)) return act;
  const { toevoegingId, ground } = command;
  return [{ type: 'ToevoegingRefused', caseId: state.caseId, occurredAt: act.at, toevoegingId, ground }];
};
