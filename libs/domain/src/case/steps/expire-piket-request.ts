import type { CaseStep } from './case-step.js';

/** Ends a request on which nobody was reached in time. */
export interface ExpirePiketRequest extends CaseStep {
  readonly type: 'ExpirePiketRequest';
  readonly piketRequestId: string;
}
