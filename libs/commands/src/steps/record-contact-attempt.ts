import { CommandHandler } from '@nestjs/cqrs';
import type {
  ContactAttemptResult,
  Instant,
  RecordContactAttempt as RecordContactAttemptDecision,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of recording one try that reached nobody. */
export interface RecordContactAttemptInput {
  readonly caseId: string;
  readonly piketRequestId: string;
  readonly result: ContactAttemptResult;
  readonly callBackAt?: Instant | null;
}

export class RecordContactAttempt extends CaseStepCommand<RecordContactAttemptInput> {}

@CommandHandler(RecordContactAttempt)
export class RecordContactAttemptHandler extends CaseStepHandler<RecordContactAttemptInput> {
  protected override decision(
    input: RecordContactAttemptInput,
    step: CaseStepTools,
  ): RecordContactAttemptDecision {
    return {
      type: 'RecordContactAttempt',
      caseId: input.caseId,
      attemptId: step.newId('attempt'),
      piketRequestId: input.piketRequestId,
      result: input.result,
      callBackAt: input.callBackAt ?? null,
    };
  }
}
