import { CommandHandler } from '@nestjs/cqrs';
import type { RefuseHandoverConsent as RefuseHandoverConsentDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of recording that the client does not agree to the handover (P 5). */
export interface RefuseHandoverConsentInput {
  readonly caseId: string;
  readonly handoverId: string;
}

export class RefuseHandoverConsent extends CaseStepCommand<RefuseHandoverConsentInput> {}

@CommandHandler(RefuseHandoverConsent)
export class RefuseHandoverConsentHandler extends CaseStepHandler<RefuseHandoverConsentInput> {
  protected override decision(input: RefuseHandoverConsentInput): RefuseHandoverConsentDecision {
    return { type: 'RefuseHandoverConsent', caseId: input.caseId, handoverId: input.handoverId };
  }
}
