import type { ProgrammePolicy } from '../../reference/events.js';
import type { Party } from '../events.js';
import type { CaseStep } from './case-step.js';

/** Offers a prepared handover to a named person. */
export interface OfferHandover extends CaseStep {
  readonly type: 'OfferHandover';
  readonly handoverId: string;
  /** The receiving professional; null when only an organisation was named, which is refused. */
  readonly to: Party | null;
  /** In force at the case's location on the day of the offer. */
  readonly policy: ProgrammePolicy;
}
