import { CommandHandler } from '@nestjs/cqrs';
import type { LapseReferral as LapseReferralDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of ending a cold referral that nobody answered in time. */
export interface LapseReferralInput {
  readonly caseId: string;
  readonly referralId: string;
}

export class LapseReferral extends CaseStepCommand<LapseReferralInput> {}

@CommandHandler(LapseReferral)
export class LapseReferralHandler extends CaseStepHandler<LapseReferralInput> {
  protected override decision(input: LapseReferralInput): LapseReferralDecision {
    return { type: 'LapseReferral', caseId: input.caseId, referralId: input.referralId };
  }
}
