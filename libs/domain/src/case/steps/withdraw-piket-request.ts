import type { CaseStep } from './case-step.js';

/** The asker no longer needs the conversation. */
export interface WithdrawPiketRequest extends CaseStep {
  readonly type: 'WithdrawPiketRequest';
  readonly piketRequestId: string;
}
