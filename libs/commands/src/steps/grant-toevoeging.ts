import { CommandHandler } from '@nestjs/cqrs';
import type { GrantToevoeging as GrantToevoegingDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of recording that a toevoeging was granted. */
export interface GrantToevoegingInput {
  readonly caseId: string;
  readonly toevoegingId: string;
}

export class GrantToevoeging extends CaseStepCommand<GrantToevoegingInput> {}

@CommandHandler(GrantToevoeging)
export class GrantToevoegingHandler extends CaseStepHandler<GrantToevoegingInput> {
  protected override decision(input: GrantToevoegingInput): GrantToevoegingDecision {
    return { type: 'GrantToevoeging', caseId: input.caseId, toevoegingId: input.toevoegingId };
  }
}
