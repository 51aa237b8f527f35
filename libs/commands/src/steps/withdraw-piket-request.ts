import { CommandHandler } from '@nestjs/cqrs';
import type { WithdrawPiketRequest as WithdrawPiketRequestDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of taking a piket request back. */
export interface WithdrawPiketRequestInput {
  readonly caseId: string;
  readonly piketRequestId: string;
}

export class WithdrawPiketRequest extends CaseStepCommand<WithdrawPiketRequestInput> {}

@CommandHandler(WithdrawPiketRequest)
export class WithdrawPiketRequestHandler extends CaseStepHandler<WithdrawPiketRequestInput> {
  protected override decision(input: WithdrawPiketRequestInput): WithdrawPiketRequestDecision {
    return { type: 'WithdrawPiketRequest', caseId: input.caseId, piketRequestId: input.piketRequestId };
  }
}
