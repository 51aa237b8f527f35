import { CommandHandler } from '@nestjs/cqrs';
import type { OfferHandover as OfferHandoverDecision, Refusal } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { isRefusal } from '@spil/domain';

/** Input of offering a prepared handover to a named person (rule 5). */
export interface OfferHandoverInput {
  readonly caseId: string;
  readonly handoverId: string;
  /** Refused when left out: a handover goes to a person, never to an organisation. */
  readonly toProfessionalId?: string | null;
}

export class OfferHandover extends CaseStepCommand<OfferHandoverInput> {}

@CommandHandler(OfferHandover)
export class OfferHandoverHandler extends CaseStepHandler<OfferHandoverInput> {
  protected override async decision(
    input: OfferHandoverInput,
    step: CaseStepTools,
  ): Promise<OfferHandoverDecision | Refusal> {
    const to = input.toProfessionalId ? await step.party(input.toProfessionalId, 'toProfessionalId') : null;
    if (isRefusal(to)) return to;
    return {
      type: 'OfferHandover',
      caseId: input.caseId,
      handoverId: input.handoverId,
      to,
      policy: await step.policy(),
    };
  }
}
