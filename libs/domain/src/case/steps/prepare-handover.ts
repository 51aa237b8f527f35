import type { Sealed } from '../../shared/sealed.js';
import type { CaseStep } from './case-step.js';

/** Draws up the dossier, so that the client need not tell the story again (P 5). */
export interface PrepareHandover extends CaseStep {
  readonly type: 'PrepareHandover';
  readonly handoverId: string;
  /** The warm referral that this handover carries; null when it has none, or is known by the handover's id. */
  readonly referralId: string | null;
  readonly dossier: Sealed | null;
}
