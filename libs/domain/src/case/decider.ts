import type { Decider, Decision, DecisionContext } from '../shared/decider.js';
import { isRefusal, type Refusal } from '../shared/refusal.js';
import type { CaseCommand } from './commands.js';
import type { CaseEvent } from './events.js';
import { evolveCase, notRegistered } from './evolve.js';
import { requireNotLinked, requireOpen, requireRegistered } from './rules/status.js';
import type { CaseState } from './state.js';
import { decideAcceptHandover } from './steps/accept-handover.js';
import { decideAcceptReferral } from './steps/accept-referral.js';
import { decideAssessSelfReliance } from './steps/assess-self-reliance.js';
import { decideAssignCoordinator } from './steps/assign-coordinator.js';
import { decideCloseCase } from './steps/close-case.js';
import { decideCompleteHandover } from './steps/complete-handover.js';
import { decideCorrectConversation } from './steps/correct-conversation.js';
import { decideCorrectRegistration } from './steps/correct-registration.js';
import { decideDeclineHandover } from './steps/decline-handover.js';
import { decideDeclineReferral } from './steps/decline-referral.js';
import { decideEnterFactInError } from './steps/enter-fact-in-error.js';
import { decideOrderClientErasure, decideRecordClientErasure } from './steps/erase-client-data.js';
import { decideEscalatePiketRequest } from './steps/escalate-piket-request.js';
import { decideExpirePiketRequest } from './steps/expire-piket-request.js';
import { decideFlagForSignalering } from './steps/flag-for-signalering.js';
import { decideGiveHandoverConsent } from './steps/give-handover-consent.js';
import { decideGrantToevoeging } from './steps/grant-toevoeging.js';
import { decideLapseHandover } from './steps/lapse-handover.js';
import { decideLapseReferral } from './steps/lapse-referral.js';
import { decideLinkRegistrationAsGuest, decideLinkRegistrationAsHost } from './steps/link-registration.js';
import { decideOfferHandover } from './steps/offer-handover.js';
import { decidePrepareHandover } from './steps/prepare-handover.js';
import { decideRecordContactAttempt } from './steps/record-contact-attempt.js';
import { decideRecordContact } from './steps/record-contact.js';
import { decideRecordConversation } from './steps/record-conversation.js';
import { decideReferCase } from './steps/refer-case.js';
import { decideRefuseHandoverConsent } from './steps/refuse-handover-consent.js';
import { decideRefuseToevoeging } from './steps/refuse-toevoeging.js';
import { decideRegisterCaseWithConversation } from './steps/register-case-with-conversation.js';
import { decideRegisterCase } from './steps/register-case.js';
import { decideRegisterCounterpart } from './steps/register-counterpart.js';
import { decideReopenCase } from './steps/reopen-case.js';
import { decideRequestPiket } from './steps/request-piket.js';
import { decideRequestToevoeging } from './steps/request-toevoeging.js';
import { decideTransferCoordinator } from './steps/transfer-coordinator.js';
import { decideWithdrawFlag } from './steps/withdraw-flag.js';
import { decideWithdrawHandoverConsent } from './steps/withdraw-handover-consent.js';
import { decideWithdrawPiketRequest } from './steps/withdraw-piket-request.js';
import { decideLiftConflictWall } from './steps/lift-conflict-wall.js';
import { decideRaiseConflictWall } from './steps/raise-conflict-wall.js';
import { decideReviewEmergencyAccess } from './steps/review-emergency-access.js';
import { decideTakeEmergencyAccess } from './steps/take-emergency-access.js';

/**
 * Decides every command on a case. Which statuses a step accepts is told here, and only here: open cases by default; closed
 * ones for what rule 10 names; linked ones for correction, flag and its withdrawal (rule 8);
 * any for what concerns access.
 */
const decideCase = (
  command: CaseCommand,
  state: CaseState,
  context: DecisionContext,
): Decision<CaseEvent> => {
  const onOpen = gated(requireOpen(state));
  const onOpenOrClosed = gated(requireNotLinked(state));
  const onAny = gated(requireRegistered(state));
  switch (command.type) {
    case 'RegisterCase':
      return decideRegisterCase(command, state, context);
    case 'RegisterCaseWithConversation':
      return decideRegisterCaseWithConversation(command, state, context);
    case 'RegisterCounterpart':
      return onOpenOrClosed((file) => decideRegisterCounterpart(command, file, context));
    case 'LinkRegistrationAsHost':
      return onOpenOrClosed((file) => decideLinkRegistrationAsHost(command, file, context));
    case 'RecordConversation':
      return onOpenOrClosed((file) => decideRecordConversation(command, file, context));
    case 'CloseCase':
      return onOpenOrClosed((file) => decideCloseCase(command, file, context));
    case 'ReopenCase':
      return onOpenOrClosed((file) => decideReopenCase(command, file, context));
    case 'LinkRegistrationAsGuest':
      return onAny((file) => decideLinkRegistrationAsGuest(command, file, context));
    case 'FlagForSignalering':
      return onAny((file) => decideFlagForSignalering(command, file, context));
    case 'WithdrawFlag':
      return onAny((file) => decideWithdrawFlag(command, file, context));
    case 'CorrectRegistration':
      return onAny((file) => decideCorrectRegistration(command, file, context));
    case 'CorrectConversation':
      return onAny((file) => decideCorrectConversation(command, file, context));
    case 'EnterFactInError':
      return onAny((file) => decideEnterFactInError(command, file, context));
    case 'LiftConflictWall':
      return onAny((file) => decideLiftConflictWall(command, file, context));
    case 'RaiseConflictWall':
      return onAny((file) => decideRaiseConflictWall(command, file, context));
    case 'ReviewEmergencyAccess':
      return onAny((file) => decideReviewEmergencyAccess(command, file, context));
    case 'TakeEmergencyAccess':
      return onAny((file) => decideTakeEmergencyAccess(command, file, context));
    case 'OrderClientErasure':
      return decideOrderClientErasure(command, state, context);
    case 'RecordClientErasure':
      return decideRecordClientErasure(command, state, context);
    case 'AcceptHandover':
      return onOpen((file) => decideAcceptHandover(command, file, context));
    case 'AcceptReferral':
      return onOpen((file) => decideAcceptReferral(command, file, context));
    case 'AssessSelfReliance':
      return onOpen((file) => decideAssessSelfReliance(command, file, context));
    case 'AssignCoordinator':
      return onOpen((file) => decideAssignCoordinator(command, file, context));
    case 'CompleteHandover':
      return onOpen((file) => decideCompleteHandover(command, file, context));
    case 'DeclineHandover':
      return onOpen((file) => decideDeclineHandover(command, file, context));
    case 'DeclineReferral':
      return onOpen((file) => decideDeclineReferral(command, file, context));
    case 'EscalatePiketRequest':
      return onOpen((file) => decideEscalatePiketRequest(command, file, context));
    case 'ExpirePiketRequest':
      return onOpen((file) => decideExpirePiketRequest(command, file, context));
    case 'GiveHandoverConsent':
      return onOpen((file) => decideGiveHandoverConsent(command, file, context));
    case 'GrantToevoeging':
      return onOpen((file) => decideGrantToevoeging(command, file, context));
    case 'LapseHandover':
      return onOpen((file) => decideLapseHandover(command, file, context));
    case 'LapseReferral':
      return onOpen((file) => decideLapseReferral(command, file, context));
    case 'OfferHandover':
      return onOpen((file) => decideOfferHandover(command, file, context));
    case 'PrepareHandover':
      return onOpen((file) => decidePrepareHandover(command, file, context));
    case 'RecordContact':
      return onOpen((file) => decideRecordContact(command, file, context));
    case 'RecordContactAttempt':
      return onOpen((file) => decideRecordContactAttempt(command, file, context));
    case 'ReferCase':
      return onOpen((file) => decideReferCase(command, file, context));
    case 'RefuseHandoverConsent':
      return onOpen((file) => decideRefuseHandoverConsent(command, file, context));
    case 'RefuseToevoeging':
      return onOpen((file) => decideRefuseToevoeging(command, file, context));
    case 'RequestPiket':
      return onOpen((file) => decideRequestPiket(command, file, context));
    case 'RequestToevoeging':
      return onOpen((file) => decideRequestToevoeging(command, file, context));
    case 'TransferCoordinator':
      return onOpen((file) => decideTransferCoordinator(command, file, context));
    case 'WithdrawHandoverConsent':
      return onOpen((file) => decideWithdrawHandoverConsent(command, file, context));
    case 'WithdrawPiketRequest':
      return onOpen((file) => decideWithdrawPiketRequest(command, file, context));
    default:
      return command satisfies never;
  }
};

/** Lets a step see the case in a status it accepts, or answers with why not. */
const gated =
  <File extends CaseState>(admitted: File | Refusal) =>
  (step: (file: File) => Decision<CaseEvent>): Decision<CaseEvent> =>
    isRefusal(admitted) ? admitted : step(admitted);

/** The case: its steps, its rules and its fold. */
export const caseDecider: Decider<CaseState, CaseCommand, CaseEvent> = {
  initialState: notRegistered,
  decide: decideCase,
  evolve: evolveCase,
};
