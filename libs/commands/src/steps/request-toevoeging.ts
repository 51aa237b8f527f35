import { CommandHandler } from '@nestjs/cqrs';
import type { RequestToevoeging as RequestToevoegingDecision, ToevoegingKind } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of recording that subsidised legal aid was applied for. */
export interface RequestToevoegingInput {
  readonly caseId: string;
  readonly kind: ToevoegingKind;
  readonly referralId?: string | null;
}

export class RequestToevoeging extends CaseStepCommand<RequestToevoegingInput> {}

@CommandHandler(RequestToevoeging)
export class RequestToevoegingHandler extends CaseStepHandler<RequestToevoegingInput> {
  protected override decision(input: RequestToevoegingInput, step: CaseStepTools): RequestToevoegingDecision {
    return {
      type: 'RequestToevoeging',
      caseId: input.caseId,
      toevoegingId: step.newId('toevoeging'),
      referralId: input.referralId ?? null,
      kind: input.kind,
    };
  }
}
