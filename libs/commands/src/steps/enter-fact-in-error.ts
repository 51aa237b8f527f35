import { CommandHandler } from '@nestjs/cqrs';
import type {
  CorrectionReason,
  EnterFactInError as EnterFactInErrorDecision,
  FactReference,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler } from '../desk/case-step.js';

/** Input of stating that a recorded fact never happened. */
export interface EnterFactInErrorInput {
  readonly caseId: string;
  readonly fact: FactReference;
  readonly reason: CorrectionReason;
}

export class EnterFactInError extends CaseStepCommand<EnterFactInErrorInput> {}

@CommandHandler(EnterFactInError)
export class EnterFactInErrorHandler extends CaseStepHandler<EnterFactInErrorInput> {
  protected override decision(input: EnterFactInErrorInput): EnterFactInErrorDecision {
    return { type: 'EnterFactInError', caseId: input.caseId, fact: input.fact, reason: input.reason };
  }
}
