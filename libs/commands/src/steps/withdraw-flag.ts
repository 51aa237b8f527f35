import { CommandHandler } from '@nestjs/cqrs';
import type { CorrectionReason, WithdrawFlag as WithdrawFlagDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of taking a flag back. */
export interface WithdrawFlagInput {
  readonly caseId: string;
  readonly flagId: string;
  readonly reason: CorrectionReason;
}

export class WithdrawFlag extends CaseStepCommand<WithdrawFlagInput> {}

@CommandHandler(WithdrawFlag)
export class WithdrawFlagHandler extends CaseStepHandler<WithdrawFlagInput> {
  protected override decision(input: WithdrawFlagInput): WithdrawFlagDecision {
    return { type: 'WithdrawFlag', caseId: input.caseId, flagId: input.flagId, reason: input.reason };
  }
}
