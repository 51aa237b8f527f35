import type { DecisionContext } from '../../shared/decider.js';
import { refuse, type Refusal } from '../../shared/refusal.js';
import { minutesBetween } from '../../shared/time.js';
import type { ContactSucceeded, ConversationAccount, Party, PiketConversationRecorded } from '../events.js';
import { byId, type CaseFile, type ConversationState, type PiketRequestState } from '../state.js';
import type { ContactFacts } from '../contact-facts.js';
import type { ConversationSide } from '../terms.js';
import { failedAttempts, isGiven } from '../views.js';
import type { Act } from './acting.js';

/** A rating is 1 to 10 or not answered, never 0 (rule 2, R footnote 8). */
export const ratingInRange = (rating: number | null): Refusal | null =>
  rating === null || (Number.isInteger(rating) && rating >= 1 && rating <= 10)
    ? null
    : refuse('RATING_OUT_OF_RANGE', { rule: 'rule 2', field: 'rating', facts: { rating, from: 1, to: 10 } });

/** Whether a LAT would have been requested is asked of the asking side only (R 2.4). */
export const latQuestionFitsSide = (account: ConversationAccount, side: ConversationSide): Refusal | null =>
  side === 'ASKING' || account.latWithoutDesk === null
    ? null
    : refuse('LAT_QUESTION_ONLY_FOR_ASKING_SIDE', { rule: 'rule 2', field: 'latWithoutDesk' });

/** What an account must satisfy whoever gives it. */
export const accountIsSound = (account: ConversationAccount, side: ConversationSide): Refusal | null =>
  ratingInRange(account.rating) ?? latQuestionFitsSide(account, side);

/** A LAT question that the asking side left open is not answered, which is not *no* (rule 2). */
export const asStored = (account: ConversationAccount, side: ConversationSide): ConversationAccount => ({
  result: account.result,
  advice: account.advice,
  durationMinutes: account.durationMinutes,
  rating: account.rating,
  motivation: account.motivation,
  latWithoutDesk: side === 'ASKING' ? (account.latWithoutDesk ?? 'NOT_ANSWERED') : null,
});

/** A conversation can only be recorded after contact succeeded (rule 3). */
export const conversationOf = (file: CaseFile, conversationId: string): ConversationState | Refusal => {
  const conversation = byId(file.conversations, conversationId);
  if (conversation === undefined) {
    return Object.keys(file.conversations).length === 0
      ? refuse('CONTACT_NOT_SUCCEEDED', { rule: 'rule 3', field: 'conversationId' })
      : refuse('CONVERSATION_NOT_FOUND', { rule: 'rule 3', field: 'conversationId' });
  }
  return conversation.inError === null
    ? conversation
    : refuse('CONTACT_NOT_SUCCEEDED', { rule: 'rule 3', field: 'conversationId' });
};

/** The side across the line. */
export const otherSide = (side: ConversationSide): ConversationSide =>
  side === 'ASKING' ? 'CONSULTED' : 'ASKING';

/** Each side records a conversation once; a correction is a step of its own (rule 3). */
export const sideIsFree = (conversation: ConversationState, side: ConversationSide): Refusal | null =>
  isGiven(conversation.accounts[side])
    ? refuse('CONVERSATION_ALREADY_RECORDED', { rule: 'rule 3', field: 'side', facts: { side } })
    : null;

/**
 * The two accounts come from two registrations, and the asking side is whoever asked (rule 8, R 2.2).
 * @param conversation null for one that this very step opens
 */
export const mayGiveAccount = (
  conversation: ConversationState | null,
  side: ConversationSide,
  registrationId: string,
  by: Party,
  request: PiketRequestState | undefined,
): Refusal | null => {
  const other = conversation?.accounts[otherSide(side)];
  const gaveTheOther =
    (other?.status === 'RECORDED' || other?.status === 'LINKED') && other.registrationId === registrationId;
  const notTheAsker =
    side === 'ASKING' && request !== undefined && request.askedBy.organisationId !== by.organisationId;
  const theAsker =
    side === 'CONSULTED' && request !== undefined && request.askedBy.professionalId === by.professionalId;
  return gaveTheOther || notTheAsker || theAsker
    ? refuse('NOT_A_PARTICIPANT', { rule: 'rule 8', field: 'side', facts: { side } })
    : null;
};

/** The event of an account. */
export const accountRecorded = (
  recorded: {
    readonly caseId: string;
    readonly conversationId: string;
    readonly side: ConversationSide;
    readonly registrationId: string;
    readonly account: ConversationAccount;
  },
  act: Act,
): PiketConversationRecorded => ({
  type: 'PiketConversationRecorded',
  caseId: recorded.caseId,
  occurredAt: act.at,
  conversationId: recorded.conversationId,
  side: recorded.side,
  registrationId: recorded.registrationId,
  recordedBy: act.by,
  account: asStored(recorded.account, recorded.side),
});

/** A contact of which nobody knows who began it, or who was reached, is a gap of the past (R 2.2, R footnote 7). */
export const unknownOnlyForImport = (contact: ContactFacts, context: DecisionContext): Refusal | null => {
  if (context.mandate === 'IMPORT') return null;
  if (contact.initiatedBy === 'UNKNOWN') {
    return refuse('UNKNOWN_ONLY_FOR_IMPORT', { rule: 'R 2.2', field: 'initiatedBy' });
  }
  return contact.reachedKind === 'UNKNOWN'
    ? refuse('UNKNOWN_ONLY_FOR_IMPORT', { rule: 'R 2.2', field: 'reachedKind' })
    : null;
};

/** One contact opens one conversation; another contact opens another (rule 3). */
export const conversationIsNew = (contact: ContactFacts, file: CaseFile): Refusal | null =>
  byId(file.conversations, contact.conversationId)
    ? refuse('CONTACT_ALREADY_SUCCEEDED', { rule: 'rule 3', field: 'conversationId' })
    : null;

/** Attempts and delay as they follow from what was recorded on the request. */
export const derivedReach = (
  file: CaseFile,
  request: PiketRequestState | undefined,
  act: Act,
): { readonly attempts: number; readonly delayMinutes: number | null } => ({
  attempts: request === undefined ? 1 : failedAttempts(file, request.piketRequestId) + 1,
  delayMinutes: request === undefined ? null : minutesBetween(request.at, act.at),
});

/** The event of a contact; what was reported goes before what is derived. */
export const contactSucceeded = (
  contact: ContactFacts,
  to: { readonly caseId: string; readonly piketRequestId: string | null },
  derived: { readonly attempts: number; readonly delayMinutes: number | null },
  act: Act,
): ContactSucceeded => ({
  type: 'ContactSucceeded',
  caseId: to.caseId,
  occurredAt: act.at,
  contactId: contact.contactId,
  conversationId: contact.conversationId,
  piketRequestId: to.piketRequestId,
  reportedBy: act.by,
  initiatedBy: contact.initiatedBy,
  reachedKind: contact.reachedKind,
  reachedProfessionalId: contact.reachedProfessionalId,
  channel: contact.channel,
  attempts: contact.attempts ?? derived.attempts,
  delayMinutes: contact.delayMinutes ?? derived.delayMinutes,
});

/**
 * Whether two accounts state the same, as far as the clear part tells: sealed values are opaque, so they only count as
 * present or absent.
 */
export const accountsLookAlike = (one: ConversationAccount, other: ConversationAccount): boolean =>
  one.result === other.result &&
  one.durationMinutes === other.durationMinutes &&
  one.rating === other.rating &&
  one.latWithoutDesk === other.latWithoutDesk &&
  (one.advice === null) === (other.advice === null) &&
  (one.motivation === null) === (other.motivation === null);
