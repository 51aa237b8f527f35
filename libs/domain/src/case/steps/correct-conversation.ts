import type { ConversationAccount } from '../events.js';
import type { ConversationSide, CorrectionReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Replaces one side's account; the whole new value is given. */
export interface CorrectConversation extends CaseStep {
  readonly type: 'CorrectConversation';
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly account: ConversationAccount;
  readonly reason: CorrectionReason;
}
