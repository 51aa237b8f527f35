import { CommandHandler } from '@nestjs/cqrs';
import type { AcceptHandover as AcceptHandoverDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of taking a handover on. */
export interface AcceptHandoverInput {
  readonly caseId: string;
  readonly handoverId: string;
}

export class AcceptHandover extends CaseStepCommand<AcceptHandoverInput> {}

@CommandHandler(AcceptHandover)
export class AcceptHandoverHandler extends CaseStepHandler<AcceptHandoverInput> {
  protected override readonly action = 'ANSWER_OFFER';

  protected override decision(input: AcceptHandoverInput): AcceptHandoverDecision {
    return { type: 'AcceptHandover', caseId: input.caseId, handoverId: input.handoverId };
  }
}
