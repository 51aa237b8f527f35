export { CaseAdmission } from './desk/case-admission.js';
export { CaseDesk } from './desk/case-desk.js';
export { accessOf } from './desk/case-access.js';
export { Clock } from './desk/clock.js';
export { References } from './desk/references.js';
export { RegistrationCodes } from './desk/registration-codes.js';
export type { CreatedId, StepOrder, StepResult } from './desk/step-order.js';
export { CommandsModule } from './commands.module.js';
export { EraseAfterRetention, type EraseAfterRetentionInput } from './erasure/erase-after-retention.js';
export { ErasureGate } from './erasure/erasure-gate.js';
export { ErasureExecution } from './erasure/erasure-execution.js';
export { Recipients } from './erasure/recipients.js';
export { EraseProfessional, type EraseProfessionalInput } from './erasure/erase-professional.js';
export { OrderErasure, type OrderErasureInput } from './erasure/order-erasure.js';
export { PostponeErasure, type PostponeErasureInput } from './erasure/postpone-erasure.js';
export { RefuseErasure, type RefuseErasureInput } from './erasure/refuse-erasure.js';
export { RequestErasure, type RequestErasureInput } from './erasure/request-erasure.js';
export { SetRetentionTerm, type SetRetentionTermInput } from './erasure/set-retention-term.js';
export { AcceptHandover, type AcceptHandoverInput } from './steps/accept-handover.js';
export { AcceptReferral, type AcceptReferralInput } from './steps/accept-referral.js';
export { AssessSelfReliance, type AssessSelfRelianceInput } from './steps/assess-self-reliance.js';
export { AssignCoordinator, type AssignCoordinatorInput } from './steps/assign-coordinator.js';
export { CloseCase, type CloseCaseInput } from './steps/close-case.js';
export { CompleteHandover, type CompleteHandoverInput } from './steps/complete-handover.js';
export { type ContactInput } from './steps/contact.js';
export { type ConversationAccountInput } from './steps/conversation-account.js';
export { CorrectConversation, type CorrectConversationInput } from './steps/correct-conversation.js';
export { CorrectRegistration, type CorrectRegistrationInput } from './steps/correct-registration.js';
export { DeclineHandover, type DeclineHandoverInput } from './steps/decline-handover.js';
export { DeclineReferral, type DeclineReferralInput } from './steps/decline-referral.js';
export { EnterFactInError, type EnterFactInErrorInput } from './steps/enter-fact-in-error.js';
export { EscalatePiketRequest, type EscalatePiketRequestInput } from './steps/escalate-piket-request.js';
export { ExpirePiketRequest, type ExpirePiketRequestInput } from './steps/expire-piket-request.js';
export { FlagForSignalering, type FlagForSignaleringInput } from './steps/flag-for-signalering.js';
export { GiveHandoverConsent, type GiveHandoverConsentInput } from './steps/give-handover-consent.js';
export { GrantToevoeging, type GrantToevoegingInput } from './steps/grant-toevoeging.js';
export { LapseHandover, type LapseHandoverInput } from './steps/lapse-handover.js';
export { LapseReferral, type LapseReferralInput } from './steps/lapse-referral.js';
export { LinkRegistration, type LinkRegistrationInput } from './steps/link-registration.js';
export { OfferHandover, type OfferHandoverInput } from './steps/offer-handover.js';
export { type PiketQuestionInput } from './steps/piket-question.js';
export {
  PrepareHandover,
  type HandoverDossierInput,
  type PrepareHandoverInput,
} from './steps/prepare-handover.js';
export { RecordContactAttempt, type RecordContactAttemptInput } from './steps/record-contact-attempt.js';
export { RecordContact, type RecordContactInput } from './steps/record-contact.js';
export { RecordConversation, type RecordConversationInput } from './steps/record-conversation.js';
export { ReferCase, type ReferCaseInput } from './steps/refer-case.js';
export { RefuseHandoverConsent, type RefuseHandoverConsentInput } from './steps/refuse-handover-consent.js';
export { RefuseToevoeging, type RefuseToevoegingInput } from './steps/refuse-toevoeging.js';
export {
  RegisterCaseWithConversation,
  type RegisterCaseWithConversationInput,
} from './steps/register-case-with-conversation.js';
export { RegisterCase, type RegisterCaseInput } from './steps/register-case.js';
export { RegisterCounterpart, type RegisterCounterpartInput } from './steps/register-counterpart.js';
export {
  type ClientInput,
  type RegistrationFactsInput,
  type NewRegistrationInput,
} from './steps/registration.js';
export { ReopenCase, type ReopenCaseInput } from './steps/reopen-case.js';
export { RequestPiket, type RequestPiketInput } from './steps/request-piket.js';
export { RequestToevoeging, type RequestToevoegingInput } from './steps/request-toevoeging.js';
export { TransferCoordinator, type TransferCoordinatorInput } from './steps/transfer-coordinator.js';
export { WithdrawFlag, type WithdrawFlagInput } from './steps/withdraw-flag.js';
export {
  WithdrawHandoverConsent,
  type WithdrawHandoverConsentInput,
} from './steps/withdraw-handover-consent.js';
export { WithdrawPiketRequest, type WithdrawPiketRequestInput } from './steps/withdraw-piket-request.js';
export { ChangeLocation, type ChangeLocationInput } from './reference/change-location.js';
export {
  ChangeProfessionalDetails,
  type ChangeProfessionalDetailsInput,
} from './reference/change-professional-details.js';
export {
  DeactivateProfessional,
  type DeactivateProfessionalInput,
} from './reference/deactivate-professional.js';
export { MoveProfessional, type MoveProfessionalInput } from './reference/move-professional.js';
export { type ProfessionalDetailsInput } from './reference/professional-details.js';
export {
  ReactivateProfessional,
  type ReactivateProfessionalInput,
} from './reference/reactivate-professional.js';
export { RegisterLocation, type RegisterLocationInput } from './reference/register-location.js';
export { RegisterOrganisation, type RegisterOrganisationInput } from './reference/register-organisation.js';
export { RegisterProfessional, type RegisterProfessionalInput } from './reference/register-professional.js';
export { RenameOrganisation, type RenameOrganisationInput } from './reference/rename-organisation.js';
export { SetProgrammePolicy, type SetProgrammePolicyInput } from './reference/set-programme-policy.js';
export { LiftConflictWall, type LiftConflictWallInput } from './steps/lift-conflict-wall.js';
export { RaiseConflictWall, type RaiseConflictWallInput } from './steps/raise-conflict-wall.js';
export { ReviewEmergencyAccess, type ReviewEmergencyAccessInput } from './steps/review-emergency-access.js';
export { TakeEmergencyAccess, type TakeEmergencyAccessInput } from './steps/take-emergency-access.js';
