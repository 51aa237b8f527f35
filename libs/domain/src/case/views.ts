import { isSecondLine } from '../shared/lines.js';
import type {
  AccountState,
  CaseFile,
  CaseState,
  ConversationState,
  HandoverWithReceiver,
  ReferralState,
  RegistrationState,
} from './state.js';
import type { ConversationSide, SelfRelianceOutcome, SignaleringRelevance } from './terms.js';

/** The latest assessment that stands; null when the client was never assessed. */
export const selfRelianceOf = (file: CaseFile): SelfRelianceOutcome | null =>
  file.assessments.findLast(({ inError }) => inError === null)?.outcome ?? null;

/** A client assessed as not self-reliant must have a coordinator; a case without one stands out (rule 6, P 12). */
export const needsCoordinator = (state: CaseState): boolean =>
  state.status === 'OPEN' && state.coordinator === null && selfRelianceOf(state) === 'NOT_SELF_RELIANT';

/** What a registration answered to the question of relevance; null for one that lives on another stream. */
export const relevanceOf = (registration: RegistrationState): SignaleringRelevance | null => {
  switch (registration.role) {
    case 'OWN':
      return registration.facts.signaleringRelevance;
    case 'COUNTERPART':
      return registration.signaleringRelevance;
    case 'LINKED':
      return null;
    default:
      registration satisfies never;
      return null;
  }
};

/** How many attempts on a request were recorded and stand. */
export const failedAttempts = (file: CaseFile, piketRequestId: string): number =>
  Object.values(file.attempts).filter(
    (attempt) => attempt.piketRequestId === piketRequestId && attempt.inError === null,
  ).length;

/** Whether a side gave its account, here or on the stream of a linked registration. */
export const isGiven = (account: AccountState): boolean =>
  account.status === 'RECORDED' || account.status === 'LINKED';

/** Both sides gave their account (R 2.4). */
export const isComplete = (conversation: ConversationState): boolean =>
  conversation.inError === null &&
  isGiven(conversation.accounts.ASKING) &&
  isGiven(conversation.accounts.CONSULTED);

/** Conversations of which a side has not given its account yet, in the order of recording. */
export const conversationsAwaiting = (file: CaseFile, side: ConversationSide): readonly ConversationState[] =>
  Object.values(file.conversations).filter(
    (conversation) => conversation.inError === null && !isGiven(conversation.accounts[side]),
  );

/** Handovers that lie with a receiver who has not met the client yet. */
export const handoversUnderWay = (file: CaseFile): readonly HandoverWithReceiver[] =>
  Object.values(file.handovers).flatMap((handover) =>
    handover.status === 'OFFERED' || handover.status === 'ACCEPTED' ? [handover] : [],
  );

/** The open warm referral that a handover carries, also before its dossier was drawn up. */
export const openReferralOf = (file: CaseFile, handoverId: string): ReferralState | undefined =>
  Object.values(file.referrals).find(
    (referral) => referral.status === 'OPEN' && referral.handoverId === handoverId,
  );

/** Whether a professional of the second line was consulted on this case: reached, recorded or registered as such. */
export const wasConsulted = (file: CaseFile, professionalId: string): boolean =>
  Object.values(file.conversations).some(
    (conversation) =>
      conversation.inError === null &&
      (isReachedLawyer(conversation, professionalId) || gaveConsultedAccount(conversation, professionalId)),
  ) ||
  Object.values(file.registrations).some(
    (registration) =>
      registration.side === 'CONSULTED' &&
      registration.registeredBy.professionalId === professionalId &&
      isSecondLine(registration.registeredBy.organisationKind) &&
      (registration.role !== 'LINKED' || linkedAccountCounts(file, registration.registrationId)),
  );

/** A linked registration may have given no account: then nobody was consulted through it. */
const linkedAccountCounts = (file: CaseFile, registrationId: string): boolean =>
  Object.values(file.conversations).some(
    ({ accounts: { CONSULTED: account } }) =>
      account.status === 'LINKED' && account.registrationId === registrationId,
  );

const isReachedLawyer = (conversation: ConversationState, professionalId: string): boolean =>
  conversation.reachedProfessionalId === professionalId &&
  conversation.reachedKind !== 'UNKNOWN' &&
  isSecondLine(conversation.reachedKind);

const gaveConsultedAccount = (conversation: ConversationState, professionalId: string): boolean => {
  const account = conversation.accounts.CONSULTED;
  return (
    account.status === 'RECORDED' &&
    account.recordedBy.professionalId === professionalId &&
    isSecondLine(account.recordedBy.organisationKind)
  );
};
