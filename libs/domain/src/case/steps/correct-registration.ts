import type { RegistrationFacts } from '../events.js';
import type { CorrectionReason, SignaleringRelevance } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Replaces what a registration states; the whole new value is given. */
export interface CorrectRegistration extends CaseStep {
  readonly type: 'CorrectRegistration';
  readonly registrationId: string;
  /** Null for a counterpart's registration, of which only the relevance can be corrected. */
  readonly facts: Omit<RegistrationFacts, 'signaleringRelevance'> | null;
  readonly signaleringRelevance: SignaleringRelevance;
  /** The flag's id, should the correction make the registration relevant for signalering. */
  readonly flagId: string;
  readonly reason: CorrectionReason;
}
