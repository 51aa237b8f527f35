import { CommandHandler } from '@nestjs/cqrs';
import type { AcceptReferral as AcceptReferralDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of accepting a cold referral. */
export interface AcceptReferralInput {
  readonly caseId: string;
  readonly referralId: string;
}

export class AcceptReferral extends CaseStepCommand<AcceptReferralInput> {}

@CommandHandler(AcceptReferral)
export class AcceptReferralHandler extends CaseStepHandler<AcceptReferralInput> {
  protected override readonly action = 'ANSWER_OFFER';

  protected override async decision(
    input: AcceptReferralInput,
    step: CaseStepTools,
  ): Promise<AcceptReferralDecision> {
    return {
      type: 'AcceptReferral',
      caseId: input.caseId,
      referralId: input.referralId,
      policy: await step.policy(),
    };
  }
}
