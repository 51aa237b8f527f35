import type { CaseReopened } from '../events.js';
import type { CaseStep } from './case-step.js';

/** Takes the work on a closed case up again. */
export interface ReopenCase extends CaseStep {
  readonly type: 'ReopenCase';
  readonly reason: CaseReopened['reason'];
}
