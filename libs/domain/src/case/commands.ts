import type { AcceptHandover } from './steps/accept-handover.js';
import type { AcceptReferral } from './steps/accept-referral.js';
import type { AssessSelfReliance } from './steps/assess-self-reliance.js';
import type { AssignCoordinator } from './steps/assign-coordinator.js';
import type { CloseCase } from './steps/close-case.js';
import type { CompleteHandover } from './steps/complete-handover.js';
import type { CorrectConversation } from './steps/correct-conversation.js';
import type { CorrectRegistration } from './steps/correct-registration.js';
import type { DeclineHandover } from './steps/decline-handover.js';
import type { DeclineReferral } from './steps/decline-referral.js';
import type { EnterFactInError } from './steps/enter-fact-in-error.js';
import type { OrderClientErasure, RecordClientErasure } from './steps/erase-client-data.js';
import type { EscalatePiketRequest } from './steps/escalate-piket-request.js';
import type { ExpirePiketRequest } from './steps/expire-piket-request.js';
import type { FlagForSignalering } from './steps/flag-for-signalering.js';
import type { GiveHandoverConsent } from './steps/give-handover-consent.js';
import type { GrantToevoeging } from './steps/grant-toevoeging.js';
import type { LapseHandover } from './steps/lapse-handover.js';
import type { LapseReferral } from './steps/lapse-referral.js';
import type { LinkRegistrationAsGuest, LinkRegistrationAsHost } from './steps/link-registration.js';
import type { OfferHandover } from './steps/offer-handover.js';
import type { PrepareHandover } from './steps/prepare-handover.js';
import type { RecordContact } from './steps/record-contact.js';
import type { RecordContactAttempt } from './steps/record-contact-attempt.js';
import type { RecordConversation } from './steps/record-conversation.js';
import type { ReferCase } from './steps/refer-case.js';
import type { RefuseHandoverConsent } from './steps/refuse-handover-consent.js';
import type { RefuseToevoeging } from './steps/refuse-toevoeging.js';
import type { RegisterCase } from './steps/register-case.js';
import type { RegisterCaseWithConversation } from './steps/register-case-with-conversation.js';
import type { RegisterCounterpart } from './steps/register-counterpart.js';
import type { ReopenCase } from './steps/reopen-case.js';
import type { RequestPiket } from './steps/request-piket.js';
import type { RequestToevoeging } from './steps/request-toevoeging.js';
import type { TransferCoordinator } from './steps/transfer-coordinator.js';
import type { WithdrawFlag } from './steps/withdraw-flag.js';
import type { WithdrawHandoverConsent } from './steps/withdraw-handover-consent.js';
import type { WithdrawPiketRequest } from './steps/withdraw-piket-request.js';
import type { LiftConflictWall } from './steps/lift-conflict-wall.js';
import type { RaiseConflictWall } from './steps/raise-conflict-wall.js';
import type { ReviewEmergencyAccess } from './steps/review-emergency-access.js';
import type { TakeEmergencyAccess } from './steps/take-emergency-access.js';

/** Every command on a case. The name of the file says the step. */
export type CaseCommand =
  | AcceptHandover
  | AcceptReferral
  | AssessSelfReliance
  | AssignCoordinator
  | CloseCase
  | CompleteHandover
  | CorrectConversation
  | CorrectRegistration
  | DeclineHandover
  | DeclineReferral
  | EnterFactInError
  | EscalatePiketRequest
  | ExpirePiketRequest
  | FlagForSignalering
  | GiveHandoverConsent
  | GrantToevoeging
  | LapseHandover
  | LapseReferral
  | LinkRegistrationAsHost
  | LinkRegistrationAsGuest
  | OfferHandover
  | OrderClientErasure
  | PrepareHandover
  | RecordClientErasure
  | RecordContact
  | RecordContactAttempt
  | RecordConversation
  | ReferCase
  | RefuseHandoverConsent
  | RefuseToevoeging
  | RegisterCase
  | RegisterCaseWithConversation
  | RegisterCounterpart
  | ReopenCase
  | RequestPiket
  | RequestToevoeging
  | TransferCoordinator
  | WithdrawFlag
  | WithdrawHandoverConsent
  | WithdrawPiketRequest
  | LiftConflictWall
  | RaiseConflictWall
  | ReviewEmergencyAccess
  | TakeEmergencyAccess;
