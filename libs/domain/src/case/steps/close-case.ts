import type { CaseOutcome, CaseSolution } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Ends the work on a case. */
export interface CloseCase extends CaseStep {
  readonly type: 'CloseCase';
  readonly outcome: CaseOutcome;
  readonly solution: CaseSolution;
  /** Null when not answered. */
  readonly solvedInFirstLine: boolean | null;
}
