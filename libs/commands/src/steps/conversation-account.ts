import type { ConversationAccount, ConversationResult, LatAnswer } from '@spil/domain';
import type { CaseStepTools } from '../desk/case-step.js';

/** One side's account of a conversation, as a person gives it. */
export interface ConversationAccountInput {
  readonly result: ConversationResult;
  /** Stored sealed. */
  readonly advice?: string | null;
  /** Minutes. */
  readonly durationMinutes?: number | null;
  /** 1 to 10; left out when not answered (R footnote 8). */
  readonly rating?: number | null;
  /** Why this rating; stored sealed. */
  readonly motivation?: string | null;
  /** Asked of the asking side only (R 2.4). */
  readonly latWithoutDesk?: LatAnswer | null;
}

/** The account with its texts sealed. */
export const accountOf = (input: ConversationAccountInput, step: CaseStepTools): ConversationAccount => ({
  result: input.result,
  advice: step.seal(input.advice),
  durationMinutes: input.durationMinutes ?? null,
  rating: input.rating ?? null,
  motivation: step.seal(input.motivation),
  latWithoutDesk: input.latWithoutDesk ?? null,
});
