import { Module, type Type } from '@nestjs/common';
import { CommandsModule } from '@spil/commands';
import { LiftConflictWallResolver } from './access/lift-conflict-wall.js';
import { RaiseConflictWallResolver } from './access/raise-conflict-wall.js';
import { ReviewEmergencyAccessResolver } from './access/review-emergency-access.js';
import { TakeEmergencyAccessResolver } from './access/take-emergency-access.js';
import { ErasureRunner } from '../erasure/erasure-runner.js';
import { CloseCaseResolver } from './closing/close-case.js';
import { ReopenCaseResolver } from './closing/reopen-case.js';
import { CorrectConversationResolver } from './conversation/correct-conversation.js';
import { RecordConversationResolver } from './conversation/record-conversation.js';
import { CorrectRegistrationResolver } from './corrections/correct-registration.js';
import { EnterFactInErrorResolver } from './corrections/enter-fact-in-error.js';
import { EraseAfterRetentionResolver } from './erasure/erase-after-retention.js';
import { EraseProfessionalResolver } from './erasure/erase-professional.js';
import { OrderErasureResolver } from './erasure/order-erasure.js';
import { PostponeErasureResolver } from './erasure/postpone-erasure.js';
import { RefuseErasureResolver } from './erasure/refuse-erasure.js';
import { RequestErasureResolver } from './erasure/request-erasure.js';
import { SetRetentionTermResolver } from './erasure/set-retention-term.js';
import { AcceptHandoverResolver } from './handover/accept-handover.js';
import { CompleteHandoverResolver } from './handover/complete-handover.js';
import { DeclineHandoverResolver } from './handover/decline-handover.js';
import { GiveHandoverConsentResolver } from './handover/give-handover-consent.js';
import { LapseHandoverResolver } from './handover/lapse-handover.js';
import { OfferHandoverResolver } from './handover/offer-handover.js';
import { PrepareHandoverResolver } from './handover/prepare-handover.js';
import { RefuseHandoverConsentResolver } from './handover/refuse-handover-consent.js';
import { WithdrawHandoverConsentResolver } from './handover/withdraw-handover-consent.js';
import { EscalatePiketRequestResolver } from './piket/escalate-piket-request.js';
import { ExpirePiketRequestResolver } from './piket/expire-piket-request.js';
import { RecordContactAttemptResolver } from './piket/record-contact-attempt.js';
import { RecordContactResolver } from './piket/record-contact.js';
import { RequestPiketResolver } from './piket/request-piket.js';
import { WithdrawPiketRequestResolver } from './piket/withdraw-piket-request.js';
import { ChangeLocationResolver } from './reference/change-location.js';
import { ChangeProfessionalDetailsResolver } from './reference/change-professional-details.js';
import { DeactivateProfessionalResolver } from './reference/deactivate-professional.js';
import { MoveProfessionalResolver } from './reference/move-professional.js';
import { ReactivateProfessionalResolver } from './reference/reactivate-professional.js';
import { RegisterLocationResolver } from './reference/register-location.js';
import { RegisterOrganisationResolver } from './reference/register-organisation.js';
import { RegisterProfessionalResolver } from './reference/register-professional.js';
import { RenameOrganisationResolver } from './reference/rename-organisation.js';
import { SetProgrammePolicyResolver } from './reference/set-programme-policy.js';
import { AcceptReferralResolver } from './referral/accept-referral.js';
import { DeclineReferralResolver } from './referral/decline-referral.js';
import { LapseReferralResolver } from './referral/lapse-referral.js';
import { ReferCaseResolver } from './referral/refer-case.js';
import { LinkRegistrationResolver } from './registration/link-registration.js';
import { RegisterCaseWithConversationResolver } from './registration/register-case-with-conversation.js';
import { RegisterCaseResolver } from './registration/register-case.js';
import { RegisterCounterpartResolver } from './registration/register-counterpart.js';
import { AssessSelfRelianceResolver } from './self-reliance/assess-self-reliance.js';
import { AssignCoordinatorResolver } from './self-reliance/assign-coordinator.js';
import { TransferCoordinatorResolver } from './self-reliance/transfer-coordinator.js';
import { FlagForSignaleringResolver } from './signalering/flag-for-signalering.js';
import { WithdrawFlagResolver } from './signalering/withdraw-flag.js';
import { GrantToevoegingResolver } from './toevoeging/grant-toevoeging.js';
import { RefuseToevoegingResolver } from './toevoeging/refuse-toevoeging.js';
import { RequestToevoegingResolver } from './toevoeging/request-toevoeging.js';

/** The mutations, one folder per group of steps. Each resolver named here is in the schema. */
export const stepResolvers: Type[] = [
  CloseCaseResolver,
  ReopenCaseResolver,
  CorrectConversationResolver,
  RecordConversationResolver,
  CorrectRegistrationResolver,
  EnterFactInErrorResolver,
  EraseAfterRetentionResolver,
  EraseProfessionalResolver,
  OrderErasureResolver,
  PostponeErasureResolver,
  RefuseErasureResolver,
  RequestErasureResolver,
  SetRetentionTermResolver,
  AcceptHandoverResolver,
  CompleteHandoverResolver,
  DeclineHandoverResolver,
  GiveHandoverConsentResolver,
  LapseHandoverResolver,
  OfferHandoverResolver,
  PrepareHandoverResolver,
  RefuseHandoverConsentResolver,
  WithdrawHandoverConsentResolver,
  EscalatePiketRequestResolver,
  ExpirePiketRequestResolver,
  RecordContactAttemptResolver,
  RecordContactResolver,
  RequestPiketResolver,
  WithdrawPiketRequestResolver,
  ChangeLocationResolver,
  ChangeProfessionalDetailsResolver,
  DeactivateProfessionalResolver,
  MoveProfessionalResolver,
  ReactivateProfessionalResolver,
  RegisterLocationResolver,
  RegisterOrganisationResolver,
  RegisterProfessionalResolver,
  RenameOrganisationResolver,
  SetProgrammePolicyResolver,
  AcceptReferralResolver,
  DeclineReferralResolver,
  LapseReferralResolver,
  ReferCaseResolver,
  LinkRegistrationResolver,
  RegisterCaseWithConversationResolver,
  RegisterCaseResolver,
  RegisterCounterpartResolver,
  AssessSelfRelianceResolver,
  AssignCoordinatorResolver,
  TransferCoordinatorResolver,
  FlagForSignaleringResolver,
  WithdrawFlagResolver,
  GrantToevoegingResolver,
  RefuseToevoegingResolver,
  RequestToevoegingResolver,
  LiftConflictWallResolver,
  RaiseConflictWallResolver,
  ReviewEmergencyAccessResolver,
  TakeEmergencyAccessResolver,
];

@Module({
  imports: [CommandsModule],
  providers: [ErasureRunner, ...stepResolvers],
  exports: [CommandsModule],
})
export class StepsModule {}
