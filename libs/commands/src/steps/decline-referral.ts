import { CommandHandler } from '@nestjs/cqrs';
import type { DeclineReason, DeclineReferral as DeclineReferralDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of declining a cold referral. */
export interface DeclineReferralInput {
  readonly caseId: string;
  readonly referralId: string;
  readonly reason: DeclineReason;
  /** Stored sealed. */
  readonly explanation?: string | null;
}

export class DeclineReferral extends CaseStepCommand<DeclineReferralInput> {}

@CommandHandler(DeclineReferral)
export class DeclineReferralHandler extends CaseStepHandler<DeclineReferralInput> {
  protected override readonly action = 'ANSWER_OFFER';

  protected override decision(input: DeclineReferralInput, step: CaseStepTools): DeclineReferralDecision {
    return {
      type: 'DeclineReferral',
      caseId: input.caseId,
      referralId: input.referralId,
      reason: input.reason,
      explanation: step.seal(input.explanation),
    };
  }
}
