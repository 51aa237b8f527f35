import { CommandHandler } from '@nestjs/cqrs';
import type { AssessSelfReliance as AssessSelfRelianceDecision, SelfRelianceOutcome } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of the assessment of how far the client can act alone (P 12). */
export interface AssessSelfRelianceInput {
  readonly caseId: string;
  readonly outcome: SelfRelianceOutcome;
  /** Self-reliance was wrongly assumed by a rule or an institution (P 11). */
  readonly wronglyAssumed: boolean;
  /** What the assessment rests on; stored sealed. */
  readonly indicators?: string | null;
}

export class AssessSelfReliance extends CaseStepCommand<AssessSelfRelianceInput> {}

@CommandHandler(AssessSelfReliance)
export class AssessSelfRelianceHandler extends CaseStepHandler<AssessSelfRelianceInput> {
  protected override decision(
    input: AssessSelfRelianceInput,
    step: CaseStepTools,
  ): AssessSelfRelianceDecision {
    return {
      type: 'AssessSelfReliance',
      caseId: input.caseId,
      assessmentId: step.newId('assessment'),
      outcome: input.outcome,
      wronglyAssumed: input.wronglyAssumed,
      indicators: step.seal(input.indicators),
    };
  }
}
