import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { ConflictWallRaised, OtherPartysSide } from '../events.js';
import { actOf } from '../rules/acting.js';
import { isSameSide, standingWalls } from '../rules/conflict-wall.js';
import { byId, type RegisteredCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Records that someone acts for the other party. */
export interface RaiseConflictWall extends CaseStep {
  readonly type: 'RaiseConflictWall';
  readonly wallId: string;
  readonly against: OtherPartysSide;
}

/** Decides a wall, in any status of the case. A second one against the same side changes nothing. */
export const decideRaiseConflictWall = (
  command: RaiseConflictWall,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<ConflictWallRaised> => {
  if (byId(state.walls, command.wallId)) return [];
  if (standingWalls(state).some(({ against }) => isSameSide(against, command.against))) return [];
  const refusal = notAgainstOwner(state, command.against);
  if (refusal) return refusal;
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  return [
    {
      type: 'ConflictWallRaised',
      caseId: state.caseId,
      occurredAt: act.at,
      wallId: command.wallId,
      raisedBy: act.by,
      against: command.against,
    },
  ];
};

/** Walled off as a whole, the organisation that answers for the case could neither work it nor lift the wall. */
const notAgainstOwner = (state: RegisteredCase, against: OtherPartysSide): Refusal | null =>
  'organisationId' in against &&
  state.registrations[state.registrationId]?.registeredBy.organisationId === against.organisationId
    ? refuse('CONFLICT_WALL_AGAINST_OWNER', { field: 'organisationId' })
    : null;
