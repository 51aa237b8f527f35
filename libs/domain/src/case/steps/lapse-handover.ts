import type { CaseStep } from './case-step.js';

/** Returns a handover that was not accepted in time to the sender (rule 5). */
export interface LapseHandover extends CaseStep {
  readonly type: 'LapseHandover';
  readonly handoverId: string;
}
