import type { Sealed } from '../../shared/sealed.js';
import type { DeclineReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** The receiver of a cold referral does not take the client on; a warm one is declined with its handover. */
export interface DeclineReferral extends CaseStep {
  readonly type: 'DeclineReferral';
  readonly referralId: string;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}
