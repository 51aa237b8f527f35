import { CommandHandler } from '@nestjs/cqrs';
import type { ExpirePiketRequest as ExpirePiketRequestDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of ending a piket request on which nobody was reached in time. */
export interface ExpirePiketRequestInput {
  readonly caseId: string;
  readonly piketRequestId: string;
}

export class ExpirePiketRequest extends CaseStepCommand<ExpirePiketRequestInput> {}

@CommandHandler(ExpirePiketRequest)
export class ExpirePiketRequestHandler extends CaseStepHandler<ExpirePiketRequestInput> {
  protected override decision(input: ExpirePiketRequestInput): ExpirePiketRequestDecision {
    return { type: 'ExpirePiketRequest', caseId: input.caseId, piketRequestId: input.piketRequestId };
  }
}
