import { CommandHandler } from '@nestjs/cqrs';
import type { CaseOutcome, CaseSolution, CloseCase as CloseCaseDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of ending the work on a case. */
export interface CloseCaseInput {
  readonly caseId: string;
  readonly outcome: CaseOutcome;
  readonly solution: CaseSolution;
  /** Left out when not answered. */
  readonly solvedInFirstLine?: boolean | null;
}

export class CloseCase extends CaseStepCommand<CloseCaseInput> {}

@CommandHandler(CloseCase)
export class CloseCaseHandler extends CaseStepHandler<CloseCaseInput> {
  protected override decision(input: CloseCaseInput): CloseCaseDecision {
    return {
      type: 'CloseCase',
      caseId: input.caseId,
      outcome: input.outcome,
      solution: input.solution,
      solvedInFirstLine: input.solvedInFirstLine ?? null,
    };
  }
}
