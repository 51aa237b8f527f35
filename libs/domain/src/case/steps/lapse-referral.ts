import type { CaseStep } from './case-step.js';

/** Ends a cold referral that was not answered in time; a warm one lapses with its handover. */
export interface LapseReferral extends CaseStep {
  readonly type: 'LapseReferral';
  readonly referralId: string;
}
