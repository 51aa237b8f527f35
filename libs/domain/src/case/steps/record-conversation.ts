import type { ConversationAccount } from '../events.js';
import type { ConversationSide } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records one side's account of a conversation (R 2.4). */
export interface RecordConversation extends CaseStep {
  readonly type: 'RecordConversation';
  readonly conversationId: string;
  readonly side: ConversationSide;
  /** The registration, of the actor's organisation, that gives the account. */
  readonly registrationId: string;
  /** On the asking side an absent LAT answer is stored as not answered. */
  readonly account: ConversationAccount;
}
