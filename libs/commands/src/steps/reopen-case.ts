import { CommandHandler } from '@nestjs/cqrs';
import type { CaseReopened, ReopenCase as ReopenCaseDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of taking up a closed case again. */
export interface ReopenCaseInput {
  readonly caseId: string;
  readonly reason: CaseReopened['reason'];
}

export class ReopenCase extends CaseStepCommand<ReopenCaseInput> {}

@CommandHandler(ReopenCase)
export class ReopenCaseHandler extends CaseStepHandler<ReopenCaseInput> {
  protected override decision(input: ReopenCaseInput): ReopenCaseDecision {
    return { type: 'ReopenCase', caseId: input.caseId, reason: input.reason };
  }
}
