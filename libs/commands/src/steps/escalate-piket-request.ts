import { CommandHandler } from '@nestjs/cqrs';
import type { EscalatePiketRequest as EscalatePiketRequestDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of sending an unanswered piket request on (P 7). */
export interface EscalatePiketRequestInput {
  readonly caseId: string;
  readonly piketRequestId: string;
  readonly to: 'NEXT_ON_ROSTER' | 'HELPLINE';
  readonly reason: 'ATTEMPTS' | 'WAITING' | 'JUDGEMENT';
}

export class EscalatePiketRequest extends CaseStepCommand<EscalatePiketRequestInput> {}

@CommandHandler(EscalatePiketRequest)
export class EscalatePiketRequestHandler extends CaseStepHandler<EscalatePiketRequestInput> {
  protected override async decision(
    input: EscalatePiketRequestInput,
    step: CaseStepTools,
  ): Promise<EscalatePiketRequestDecision> {
    return {
      type: 'EscalatePiketRequest',
      caseId: input.caseId,
      piketRequestId: input.piketRequestId,
      to: input.to,
      reason: input.reason,
      policy: await step.policy(),
    };
  }
}
