import { CommandHandler } from '@nestjs/cqrs';
import type { AssignCoordinator as AssignCoordinatorDecision, Refusal } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { isRefusal } from '@spil/domain';

/** Input of giving a case its coordinator (P 12). */
export interface AssignCoordinatorInput {
  readonly caseId: string;
  /** The acting professional when left out. */
  readonly professionalId?: string | null;
}

export class AssignCoordinator extends CaseStepCommand<AssignCoordinatorInput> {}

@CommandHandler(AssignCoordinator)
export class AssignCoordinatorHandler extends CaseStepHandler<AssignCoordinatorInput> {
  protected override async decision(
    input: AssignCoordinatorInput,
    step: CaseStepTools,
  ): Promise<AssignCoordinatorDecision | Refusal> {
    const coordinator = await step.party(input.professionalId ?? step.actor.professionalId, 'professionalId');
    if (isRefusal(coordinator)) return coordinator;
    return { type: 'AssignCoordinator', caseId: input.caseId, coordinator };
  }
}
