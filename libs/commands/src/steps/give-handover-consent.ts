import { CommandHandler } from '@nestjs/cqrs';
import type { ConsentForm, GiveHandoverConsent as GiveHandoverConsentDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of recording that the client agrees to the handover (P 5). */
export interface GiveHandoverConsentInput {
  readonly caseId: string;
  readonly handoverId: string;
  readonly form: ConsentForm;
}

export class GiveHandoverConsent extends CaseStepCommand<GiveHandoverConsentInput> {}

@CommandHandler(GiveHandoverConsent)
export class GiveHandoverConsentHandler extends CaseStepHandler<GiveHandoverConsentInput> {
  protected override decision(input: GiveHandoverConsentInput): GiveHandoverConsentDecision {
    return {
      type: 'GiveHandoverConsent',
      caseId: input.caseId,
      handoverId: input.handoverId,
      form: input.form,
    };
  }
}
