import { CommandHandler } from '@nestjs/cqrs';
import type { DeclineHandover as DeclineHandoverDecision, DeclineReason } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of not taking a handover on. */
export interface DeclineHandoverInput {
  readonly caseId: string;
  readonly handoverId: string;
  readonly reason: DeclineReason;
  /** Stored sealed. */
  readonly explanation?: string | null;
}

export class DeclineHandover extends CaseStepCommand<DeclineHandoverInput> {}

@CommandHandler(DeclineHandover)
export class DeclineHandoverHandler extends CaseStepHandler<DeclineHandoverInput> {
  protected override readonly action = 'ANSWER_OFFER';

  protected override decision(input: DeclineHandoverInput, step: CaseStepTools): DeclineHandoverDecision {
    return {
      type: 'DeclineHandover',
      caseId: input.caseId,
      handoverId: input.handoverId,
      reason: input.reason,
      explanation: step.seal(input.explanation),
    };
  }
}
