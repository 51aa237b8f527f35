import { CommandHandler } from '@nestjs/cqrs';
import type { LiftConflictWall as LiftConflictWallDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of lifting a conflict wall. */
export interface LiftConflictWallInput {
  readonly caseId: string;
  readonly wallId: string;
}

export class LiftConflictWall extends CaseStepCommand<LiftConflictWallInput> {}

@CommandHandler(LiftConflictWall)
export class LiftConflictWallHandler extends CaseStepHandler<LiftConflictWallInput> {
  protected override readonly action = 'LIFT_WALL';

  protected override decision({ caseId, wallId }: LiftConflictWallInput): LiftConflictWallDecision {
    return { type: 'LiftConflictWall', caseId, wallId };
  }
}
