import type { ProgrammePolicy } from '../../reference/events.js';
import type { ConversationAccount } from '../events.js';
import type { ContactAttemptResult } from '../terms.js';
import type { CaseStep } from './case-step.js';
import type { ContactFacts } from './record-contact.js';
import type { NewRegistration } from './register-case.js';
import type { PiketQuestion } from './request-piket.js';

/**
 * Registers a case with its contact and the registering side's account at once, from one short form (R 3.2).
 * The account is the asking side's, except for a second-line response without a code: there it is the consulted side's.
 */
export interface RegisterCaseWithConversation extends CaseStep {
  readonly type: 'RegisterCaseWithConversation';
  readonly registration: NewRegistration;
  /** What was asked of the desk; null when no request preceded the contact. */
  readonly request: PiketQuestion | null;
  /** Tries before the contact succeeded, where each is known; they need a request. */
  readonly failedAttempts: readonly { readonly attemptId: string; readonly result: ContactAttemptResult }[];
  readonly contact: ContactFacts;
  /** Null when the account follows later. */
  readonly account: ConversationAccount | null;
  /** In force at the case's location on the day of the registration. */
  readonly policy: ProgrammePolicy;
}
