import type { Instant } from '../../shared/decider.js';
import type { ContactAttemptResult } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records one try that did not reach the person on duty. */
export interface RecordContactAttempt extends CaseStep {
  readonly type: 'RecordContactAttempt';
  readonly attemptId: string;
  readonly piketRequestId: string;
  readonly result: ContactAttemptResult;
  readonly callBackAt: Instant | null;
}
