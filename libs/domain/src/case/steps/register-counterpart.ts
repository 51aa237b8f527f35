import type { Sealed } from '../../shared/sealed.js';
import type { ConversationAccount } from '../events.js';
import type { ConversationSide, SignaleringRelevance } from '../terms.js';
import type { CaseStep } from './case-step.js';
import type { ContactFacts } from './record-contact.js';

/** The other side registers by registration code, which the handler resolved to the case (R 2.4). */
export interface RegisterCounterpart extends CaseStep {
  readonly type: 'RegisterCounterpart';
  readonly registrationId: string;
  readonly side: ConversationSide;
  readonly note: Sealed | null;
  readonly signaleringRelevance: SignaleringRelevance;
  readonly flagId: string;
  /** A contact that nobody recorded yet; null when the account is of a recorded one, or there is none. */
  readonly contact: ContactFacts | null;
  /** The account of this side, when it is given at once. */
  readonly account: { readonly conversationId: string; readonly account: ConversationAccount } | null;
}
