import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse } from '../../shared/refusal.js';
import type { ConflictWallLifted } from '../events.js';
import { actOf } from '../rules/acting.js';
import { byId, type RegisteredCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that a conflict of interest is over, or never was. */
export interface LiftConflictWall extends CaseStep {
  readonly type: 'LiftConflictWall';
  readonly wallId: string;
}

/** Decides the lifting; who may lift is in the access policy. */
export const decideLiftConflictWall = (
  { wallId }: LiftConflictWall,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<ConflictWallLifted> => {
  const wall = byId(state.walls, wallId);
  if (!wall) return refuse('CONFLICT_WALL_NOT_FOUND', { field: 'wallId' });
  if (wall.lifted) return [];
  const act = actOf(context, wall.at);
  if (isRefusal(act)) return act;
  return [{ type: 'ConflictWallLifted', caseId: state.caseId, occurredAt: act.at, wallId, liftedBy: act.by }];
};
