import { CommandHandler } from '@nestjs/cqrs';
import type { CompleteHandover as CompleteHandoverDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of the receiver stating the first contact with the client (rule 5). */
export interface CompleteHandoverInput {
  readonly caseId: string;
  readonly handoverId: string;
}

export class CompleteHandover extends CaseStepCommand<CompleteHandoverInput> {}

@CommandHandler(CompleteHandover)
export class CompleteHandoverHandler extends CaseStepHandler<CompleteHandoverInput> {
  protected override readonly action = 'ANSWER_OFFER';

  protected override decision(input: CompleteHandoverInput): CompleteHandoverDecision {
    return { type: 'CompleteHandover', caseId: input.caseId, handoverId: input.handoverId };
  }
}
