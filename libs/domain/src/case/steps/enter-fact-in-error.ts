import type { FactReference } from '../events.js';
import type { CorrectionReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** States that a recorded fact never happened. */
export interface EnterFactInError extends CaseStep {
  readonly type: 'EnterFactInError';
  readonly fact: FactReference;
  readonly reason: CorrectionReason;
}
