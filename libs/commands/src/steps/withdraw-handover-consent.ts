import { CommandHandler } from '@nestjs/cqrs';
import type { WithdrawHandoverConsent as WithdrawHandoverConsentDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of recording that the client takes consent back. */
export interface WithdrawHandoverConsentInput {
  readonly caseId: string;
  readonly handoverId: string;
}

export class WithdrawHandoverConsent extends CaseStepCommand<WithdrawHandoverConsentInput> {}

@CommandHandler(WithdrawHandoverConsent)
export class WithdrawHandoverConsentHandler extends CaseStepHandler<WithdrawHandoverConsentInput> {
  protected override decision(input: WithdrawHandoverConsentInput): WithdrawHandoverConsentDecision {
    return { type: 'WithdrawHandoverConsent', caseId: input.caseId, handoverId: input.handoverId };
  }
}
