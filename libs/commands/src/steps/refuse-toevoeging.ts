import { CommandHandler } from '@nestjs/cqrs';
import type { RefuseToevoeging as RefuseToevoegingDecision, ToevoegingRefusalGround } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of recording that a toevoeging was refused (P 11). */
export interface RefuseToevoegingInput {
  readonly caseId: string;
  readonly toevoegingId: string;
  readonly ground: ToevoegingRefusalGround;
}

export class RefuseToevoeging extends CaseStepCommand<RefuseToevoegingInput> {}

@CommandHandler(RefuseToevoeging)
export class RefuseToevoegingHandler extends CaseStepHandler<RefuseToevoegingInput> {
  protected override decision(input: RefuseToevoegingInput): RefuseToevoegingDecision {
    return {
      type: 'RefuseToevoeging',
      caseId: input.caseId,
      toevoegingId: input.toevoegingId,
      ground: input.ground,
    };
  }
}
