import type { ProgrammePolicy } from '../../reference/events.js';
import type { CaseStep } from './case-step.js';

/** The receiver of a cold referral takes the client on; a warm one is accepted with its handover. */
export interface AcceptReferral extends CaseStep {
  readonly type: 'AcceptReferral';
  readonly referralId: string;
  /** In force at the case's location on the day of the acceptance. */
  readonly policy: ProgrammePolicy;
}
