import type { ProgrammePolicy } from '../../reference/events.js';
import type { Sealed } from '../../shared/sealed.js';
import type { Receiver } from '../events.js';
import type { ToevoegingKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Cold, with a reason where one is needed (R 3.2), or warm, with the one handover that carries it. */
export type ReferralManner =
  | { readonly warmth: 'COLD'; readonly coldReason: Sealed | null }
  /** The handover may be prepared already, or be prepared next under this id. */
  | { readonly warmth: 'WARM'; readonly handoverId: string };

/** Sends the client on. Forward or back follows from the two organisations. */
export interface ReferCase extends CaseStep {
  readonly type: 'ReferCase';
  readonly referralId: string;
  readonly to: Receiver;
  readonly manner: ReferralManner;
  readonly toevoegingKind: ToevoegingKind | null;
  /** In force at the case's location on the day of the referral. */
  readonly policy: ProgrammePolicy;
}
