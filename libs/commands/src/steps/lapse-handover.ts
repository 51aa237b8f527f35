import { CommandHandler } from '@nestjs/cqrs';
import type { LapseHandover as LapseHandoverDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of returning a handover that was not accepted in time (rule 5). */
export interface LapseHandoverInput {
  readonly caseId: string;
  readonly handoverId: string;
}

export class LapseHandover extends CaseStepCommand<LapseHandoverInput> {}

@CommandHandler(LapseHandover)
export class LapseHandoverHandler extends CaseStepHandler<LapseHandoverInput> {
  protected override decision(input: LapseHandoverInput): LapseHandoverDecision {
    return { type: 'LapseHandover', caseId: input.caseId, handoverId: input.handoverId };
  }
}
