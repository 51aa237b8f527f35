import { CommandHandler } from '@nestjs/cqrs';
import {
  isRefusal,
  refuse,
  type RaiseConflictWall as RaiseConflictWallDecision,
  type Refusal,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of walling off who acts for the other party: a professional or an organisation, not both. */
export interface RaiseConflictWallInput {
  readonly caseId: string;
  readonly professionalId?: string | null;
  readonly organisationId?: string | null;
}

export class RaiseConflictWall extends CaseStepCommand<RaiseConflictWallInput> {}

@CommandHandler(RaiseConflictWall)
export class RaiseConflictWallHandler extends CaseStepHandler<RaiseConflictWallInput> {
  protected override readonly action = 'RAISE_WALL';

  protected override async decision(
    { caseId, professionalId = null, organisationId = null }: RaiseConflictWallInput,
    step: CaseStepTools,
  ): Promise<RaiseConflictWallDecision | Refusal> {
    const wallId = step.newId('wall');
    if (professionalId !== null && organisationId === null) {
      const unknown = await step.known(professionalId, 'professionalId');
      return unknown ?? { type: 'RaiseConflictWall', caseId, wallId, against: { professionalId } };
    }
    if (professionalId === null && organisationId !== null) {
      const organisation = await step.receiver(organisationId, null);
      if (isRefusal(organisation)) return refuse('ORGANISATION_NOT_FOUND', { field: 'organisationId' });
      return { type: 'RaiseConflictWall', caseId, wallId, against: { organisationId } };
    }
    return refuse('CONFLICT_WALL_AGAINST_ONE', { field: 'professionalId' });
  }
}
