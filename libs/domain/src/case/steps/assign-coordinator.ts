import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import { timeOfStep } from '../../shared/step-time.js';
import type { CoordinatorAssigned, Party } from '../events.js';
import { mayCoordinate } from '../rules/coordinator.js';
import type { OpenCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Gives a case its coordinator (P 12). */
export interface AssignCoordinator extends CaseStep {
  readonly type: 'AssignCoordinator';
  readonly coordinator: Party;
}

/** Decides who takes on the coordinating role; a case has one coordinator at a time. */
export const decideAssignCoordinator = (
  command: AssignCoordinator,
  state: OpenCase,
  context: DecisionContext,
): Decision<CoordinatorAssigned> => {
  if (state.coordinator?.professionalId === command.coordinator.professionalId) return [];
  const at = timeOfStep(context, state.registeredAt);
  if (isRefusal(at)) return at;
  if (state.coordinator) {
    return refuse('COORDINATOR_ALREADY_ASSIGNED', {
      rule: 'rule 6',
      field: 'coordinator',
      facts: { coordinatorProfessionalId: state.coordinator.professionalId },
    });
  }
  return (
    mayCoordinate(command.coordinator, 'coordinator') ?? [
      {
        type: 'CoordinatorAssigned',
        caseId: state.caseId,
        occurredAt: at,
        coordinator: command.coordinator,
      },
    ]
  );
};
