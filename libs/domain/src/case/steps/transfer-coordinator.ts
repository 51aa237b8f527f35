import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import { timeOfStep } from '../../shared/step-time.js';
import type { CoordinatorTransferred, Party } from '../events.js';
import { mayCoordinate } from '../rules/coordinator.js';
import type { OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Passes the coordinating role to someone else; on a handover it passes by itself. */
export interface TransferCoordinator extends CaseStep {
  readonly type: 'TransferCoordinator';
  readonly to: Party;
  readonly reason: 'AGREED' | 'ABSENT' | 'LEFT';
}

/** Decides to whom the coordinating role passes. A process may do so when the coordinator left or is absent. */
export const decideTransferCoordinator = (
  command: TransferCoordinator,
  state: OpenCase,
  context: DecisionContext,
): Decision<CoordinatorTransferred> => {
  if (!state.coordinator) return refuse('NO_COORDINATOR', { rule: 'rule 6' });
  if (state.coordinator.professionalId === command.to.professionalId) return [];
  const at = timeOfStep(context, state.registeredAt);
  if (isRefusal(at)) return at;
  return (
    mayCoordinate(command.to, 'to') ?? [coordinatorTransferred(state.coordinator, command, state.caseId, at)]
  );
};

/** The event of a coordinating role that passes on. */
export const coordinatorTransferred = (
  from: Party,
  transfer: { readonly to: Party; readonly reason: CoordinatorTransferred['reason'] },
  caseId: string,
  occurredAt: Instant,
): CoordinatorTransferred => ({
  type: 'CoordinatorTransferred',
  caseId,
  occurredAt,
  from,
  to: transfer.to,
  reason: transfer.reason,
});
