import type { CorrectionReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Takes a flag back; it no longer counts. */
export interface WithdrawFlag extends CaseStep {
  readonly type: 'WithdrawFlag';
  readonly flagId: string;
  readonly reason: CorrectionReason;
}
