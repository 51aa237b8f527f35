import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseAdmission } from './desk/case-admission.js';
import { CaseDesk } from './desk/case-desk.js';
import { Clients } from './desk/clients.js';
import { Clock } from './desk/clock.js';
import { ReferenceDesk } from './desk/reference-desk.js';
import { References } from './desk/references.js';
import { RegistrationCodes } from './desk/registration-codes.js';
import { StepSessions } from './desk/step-session.js';
import { EraseProfessionalHandler } from './erasure/erase-professional.js';
import { ErasureDesk } from './erasure/erasure-desk.js';
import { ErasureGate } from './erasure/erasure-gate.js';
import { EraseAfterRetentionHandler } from './erasure/erase-after-retention.js';
import { ErasureExecution } from './erasure/erasure-execution.js';
import { OrderErasureHandler } from './erasure/order-erasure.js';
import { PostponeErasureHandler } from './erasure/postpone-erasure.js';
import { RefuseErasureHandler } from './erasure/refuse-erasure.js';
import { RequestErasureHandler } from './erasure/request-erasure.js';
import { SetRetentionTermHandler } from './erasure/set-retention-term.js';
import { AcceptHandoverHandler } from './steps/accept-handover.js';
import { AcceptReferralHandler } from './steps/accept-referral.js';
import { AssessSelfRelianceHandler } from './steps/assess-self-reliance.js';
import { AssignCoordinatorHandler } from './steps/assign-coordinator.js';
import { CloseCaseHandler } from './steps/close-case.js';
import { CompleteHandoverHandler } from './steps/complete-handover.js';
import { CorrectConversationHandler } from './steps/correct-conversation.js';
import { CorrectRegistrationHandler } from './steps/correct-registration.js';
import { DeclineHandoverHandler } from './steps/decline-handover.js';
import { DeclineReferralHandler } from './steps/decline-referral.js';
import { EnterFactInErrorHandler } from './steps/enter-fact-in-error.js';
import { EscalatePiketRequestHandler } from './steps/escalate-piket-request.js';
import { ExpirePiketRequestHandler } from './steps/expire-piket-request.js';
import { FlagForSignaleringHandler } from './steps/flag-for-signalering.js';
import { GiveHandoverConsentHandler } from './steps/give-handover-consent.js';
import { GrantToevoegingHandler } from './steps/grant-toevoeging.js';
import { LapseHandoverHandler } from './steps/lapse-handover.js';
import { LapseReferralHandler } from './steps/lapse-referral.js';
import { LinkRegistrationHandler } from './steps/link-registration.js';
import { OfferHandoverHandler } from './steps/offer-handover.js';
import { PrepareHandoverHandler } from './steps/prepare-handover.js';
import { RecordContactAttemptHandler } from './steps/record-contact-attempt.js';
import { RecordContactHandler } from './steps/record-contact.js';
import { RecordConversationHandler } from './steps/record-conversation.js';
import { ReferCaseHandler } from './steps/refer-case.js';
import { RefuseHandoverConsentHandler } from './steps/refuse-handover-consent.js';
import { RefuseToevoegingHandler } from './steps/refuse-toevoeging.js';
import { RegisterCaseWithConversationHandler } from './steps/register-case-with-conversation.js';
import { RegisterCaseHandler } from './steps/register-case.js';
import { RegisterCounterpartHandler } from './steps/register-counterpart.js';
import { ReopenCaseHandler } from './steps/reopen-case.js';
import { RequestPiketHandler } from './steps/request-piket.js';
import { RequestToevoegingHandler } from './steps/request-toevoeging.js';
import { TransferCoordinatorHandler } from './steps/transfer-coordinator.js';
import { WithdrawFlagHandler } from './steps/withdraw-flag.js';
import { WithdrawHandoverConsentHandler } from './steps/withdraw-handover-consent.js';
import { WithdrawPiketRequestHandler } from './steps/withdraw-piket-request.js';
import { ChangeLocationHandler } from './reference/change-location.js';
import { ChangeProfessionalDetailsHandler } from './reference/change-professional-details.js';
import { DeactivateProfessionalHandler } from './reference/deactivate-professional.js';
import { MoveProfessionalHandler } from './reference/move-professional.js';
import { ReactivateProfessionalHandler } from './reference/reactivate-professional.js';
import { RegisterLocationHandler } from './reference/register-location.js';
import { RegisterOrganisationHandler } from './reference/register-organisation.js';
import { RegisterProfessionalHandler } from './reference/register-professional.js';
import { RenameOrganisationHandler } from './reference/rename-organisation.js';
import { SetProgrammePolicyHandler } from './reference/set-programme-policy.js';
import { LiftConflictWallHandler } from './steps/lift-conflict-wall.js';
import { RaiseConflictWallHandler } from './steps/raise-conflict-wall.js';
import { ReviewEmergencyAccessHandler } from './steps/review-emergency-access.js';
import { TakeEmergencyAccessHandler } from './steps/take-emergency-access.js';

const handlers = [
  AcceptHandoverHandler,
  AcceptReferralHandler,
  AssessSelfRelianceHandler,
  AssignCoordinatorHandler,
  CloseCaseHandler,
  CompleteHandoverHandler,
  CorrectConversationHandler,
  CorrectRegistrationHandler,
  DeclineHandoverHandler,
  DeclineReferralHandler,
  EnterFactInErrorHandler,
  EscalatePiketRequestHandler,
  ExpirePiketRequestHandler,
  FlagForSignaleringHandler,
  GiveHandoverConsentHandler,
  GrantToevoegingHandler,
  LapseHandoverHandler,
  LapseReferralHandler,
  LinkRegistrationHandler,
  OfferHandoverHandler,
  PrepareHandoverHandler,
  RecordContactAttemptHandler,
  RecordContactHandler,
  RecordConversationHandler,
  ReferCaseHandler,
  RefuseHandoverConsentHandler,
  RefuseToevoegingHandler,
  RegisterCaseWithConversationHandler,
  RegisterCaseHandler,
  RegisterCounterpartHandler,
  ReopenCaseHandler,
  RequestPiketHandler,
  RequestToevoegingHandler,
  TransferCoordinatorHandler,
  WithdrawFlagHandler,
  WithdrawHandoverConsentHandler,
  WithdrawPiketRequestHandler,
  LiftConflictWallHandler,
  RaiseConflictWallHandler,
  ReviewEmergencyAccessHandler,
  TakeEmergencyAccessHandler,
  ChangeLocationHandler,
  ChangeProfessionalDetailsHandler,
  DeactivateProfessionalHandler,
  MoveProfessionalHandler,
  ReactivateProfessionalHandler,
  RegisterLocationHandler,
  RegisterOrganisationHandler,
  RegisterProfessionalHandler,
  RenameOrganisationHandler,
  SetProgrammePolicyHandler,
  EraseAfterRetentionHandler,
  EraseProfessionalHandler,
  OrderErasureHandler,
  PostponeErasureHandler,
  RefuseErasureHandler,
  RequestErasureHandler,
  SetRetentionTermHandler,
];

/** Every command with its handler. A global module of the importing application provides `DecisionRunner`, `KeyStore` and `Recipients`. */
@Module({
  imports: [CqrsModule],
  providers: [
    Clock,
    CaseAdmission,
    Clients,
    References,
    RegistrationCodes,
    StepSessions,
    CaseDesk,
    ReferenceDesk,
    ErasureDesk,
    ErasureGate,
    ErasureExecution,
    ...handlers,
  ],
  exports: [CqrsModule, CaseDesk, References, RegistrationCodes, Clock, ErasureExecution, ErasureGate],
})
export class CommandsModule {}
