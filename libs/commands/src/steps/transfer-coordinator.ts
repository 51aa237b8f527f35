import { CommandHandler } from '@nestjs/cqrs';
import type { Refusal, TransferCoordinator as TransferCoordinatorDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { isRefusal } from '@spil/domain';

/** Input of passing the coordinating role on. */
export interface TransferCoordinatorInput {
  readonly caseId: string;
  readonly toProfessionalId: string;
  readonly reason: 'AGREED' | 'ABSENT' | 'LEFT';
}

export class TransferCoordinator extends CaseStepCommand<TransferCoordinatorInput> {}

@CommandHandler(TransferCoordinator)
export class TransferCoordinatorHandler extends CaseStepHandler<TransferCoordinatorInput> {
  protected override async decision(
    input: TransferCoordinatorInput,
    step: CaseStepTools,
  ): Promise<TransferCoordinatorDecision | Refusal> {
    const to = await step.party(input.toProfessionalId, 'toProfessionalId');
    if (isRefusal(to)) return to;
    return { type: 'TransferCoordinator', caseId: input.caseId, to, reason: input.reason };
  }
}
