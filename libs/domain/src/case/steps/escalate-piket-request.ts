import type { ProgrammePolicy } from '../../reference/events.js';
import type { CaseStep } from './case-step.js';

/** Sends an unanswered request to the next on the roster or to the national helpline (P 7). */
export interface EscalatePiketRequest extends CaseStep {
  readonly type: 'EscalatePiketRequest';
  readonly piketRequestId: string;
  readonly to: 'NEXT_ON_ROSTER' | 'HELPLINE';
  readonly reason: 'ATTEMPTS' | 'WAITING' | 'JUDGEMENT';
  /** In force at the case's location on the day of the escalation. */
  readonly policy: ProgrammePolicy;
}
