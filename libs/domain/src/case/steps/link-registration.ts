import type { Party } from '../events.js';
import type { ConversationSide, RegistrationKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** On the stream of the case whose registration code was used (rule 8). */
export interface LinkRegistrationAsHost extends CaseStep {
  readonly type: 'LinkRegistrationAsHost';
  readonly guestCaseId: string;
  /** As it stands on the guest's stream: its registration, by whom, and of which kind. */
  readonly registrationId: string;
  readonly registeredBy: Party;
  readonly registrationKind: RegistrationKind;
  readonly side: ConversationSide;
  /** The host's conversation of which the guest gave its account; null when it gave none. */
  readonly conversationId: string | null;
}

/** On the stream that the linked registration came from (rule 8). */
export interface LinkRegistrationAsGuest extends CaseStep {
  readonly type: 'LinkRegistrationAsGuest';
  readonly hostCaseId: string;
  readonly side: ConversationSide;
  /** The host's conversation of which this registration gave its account; null when it gave none. */
  readonly conversationId: string | null;
}
