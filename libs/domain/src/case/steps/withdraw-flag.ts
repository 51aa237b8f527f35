import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import type { FlagWithdrawn } from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { byId, type RegisteredCase } from '../state.js';
import type { CorrectionReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Takes a flag back; it no longer counts. */
export interface WithdrawFlag extends CaseStep {
  readonly type: 'WithdrawFlag';
  readonly flagId: string;
  readonly reason: CorrectionReason;
}

/** Decides the withdrawal of a flag, also on a closed or linked case (rules 8 and 10). */
export const decideWithdrawFlag = (
  command: WithdrawFlag,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<FlagWithdrawn> => {
  const flag = byId(state.flags, command.flagId);
  if (!flag) return refuse('FLAG_NOT_FOUND', { field: 'flagId' });
  if (flag.withdrawn === command.reason) return [];
  if (flag.withdrawn) return refuse('FLAG_ALREADY_WITHDRAWN', { facts: { reason: flag.withdrawn } });
  const act = actOf(context, flag.at);
  if (isRefusal(act)) return act;
  if (flag.flaggedBy.organisationId !== act.by.organisationId) {
    return refuse('NOT_A_PARTICIPANT', { rule: 'rule 8', field: 'flagId' });
  }
  return [flagWithdrawn(command, state.caseId, act)];
};

/** The event of a withdrawn flag. */
export const flagWithdrawn = (
  flag: { readonly flagId: string; readonly reason: CorrectionReason },
  caseId: string,
  act: Act,
): FlagWithdrawn => ({
  type: 'FlagWithdrawn',
  caseId,
  occurredAt: act.at,
  flagId: flag.flagId,
  reason: flag.reason,
});
