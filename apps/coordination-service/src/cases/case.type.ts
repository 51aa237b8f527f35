import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LegalArea, OrganisationKind, Party, SelfRelianceOutcome } from '@spil/domain';
import { waitingReasons, type CaseStatus, type CaseView, type WaitingReason } from '@spil/read-model';
import { enumOf, LegalAreaEnum, OrganisationKindEnum, SelfRelianceOutcomeEnum } from '../api/enums.js';
import {
  InstantScalar,
  MunicipalityCodeScalar,
  ReferenceIdScalar,
  RevisionScalar,
  UuidScalar,
} from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';
import type { CaseSight } from './case-sight.js';
import { ClientDetails, clientDetails } from './client.type.js';
import {
  Contact,
  ContactAttempt,
  contactFields,
  ConversationAccountType,
  PiketRequest,
} from './contact.type.js';
import { Handover, Referral, referralFields, Toevoeging } from './referral.type.js';
import { Registration, registration, RegistrationLink, registrationLink } from './registration.type.js';
import { Closing, Flag, SelfRelianceAssessment, signaleringFields } from './signalering.type.js';

export const CaseStatusEnum = enumOf(['OPEN', 'CLOSED'], 'CaseStatus', 'Whether work on the case goes on.');
export const WaitingReasonEnum = enumOf(
  waitingReasons,
  'WaitingReason',
  'What a case waits for. HANDOVER_TO_OFFER: the sender has to offer it, also again after it came back (rule 5). NEXT_STEP when nothing else does; NOTHING once it is closed.',
);

@ObjectType('Case', {
  description: 'Casus: one request for help and all that is done with it, as far as the read model has got.',
})
export class CaseType {
  @Field(() => UuidScalar)
  readonly id!: string;

  @Field(() => String, {
    description: 'Read out to the other side, which links its registration by it (R 2.4).',
  })
  readonly registrationCode!: string;

  @Field(() => CaseStatusEnum)
  readonly status!: CaseStatus;

  @Field(() => ReferenceIdScalar, { description: 'Where the case was registered.' })
  readonly locationId!: string;

  @Field(() => ReferenceIdScalar, { description: 'Which organisation registered it.' })
  readonly organisationId!: string;

  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => ReferenceIdScalar, { description: 'The professional who registered it.' })
  readonly registeredBy!: string;

  @Field(() => InstantScalar)
  readonly registeredAt!: Date;

  @Field(() => MunicipalityCodeScalar, { nullable: true, description: 'Where the client lives.' })
  readonly clientMunicipality!: string | null;

  @Field(() => LegalAreaEnum)
  readonly primaryArea!: LegalArea;

  @Field(() => [LegalAreaEnum], { description: 'The primary and the further areas.' })
  readonly areas!: readonly LegalArea[];

  @Field(() => PartyType, { nullable: true, description: 'The spider in the web (P 12).' })
  readonly coordinator!: Party | null;

  @Field(() => SelfRelianceOutcomeEnum, { nullable: true, description: 'Null until assessed.' })
  readonly selfReliance!: SelfRelianceOutcome | null;

  @Field(() => Boolean, { description: 'Open, not self-reliant, and nobody coordinates (rule 6).' })
  readonly needsCoordinator!: boolean;

  @Field(() => Int)
  readonly openPiketRequests!: number;

  @Field(() => Int)
  readonly openReferrals!: number;

  @Field(() => Int)
  readonly openHandovers!: number;

  @Field(() => WaitingReasonEnum)
  readonly waitingFor!: WaitingReason;

  @Field(() => InstantScalar, { description: 'Worklists are in this order.' })
  readonly waitingSince!: Date;

  @Field(() => InstantScalar)
  readonly lastStepAt!: string;

  @Field(() => RevisionScalar, {
    description: 'Number of the last event that is shown; name it as `expectedRevision`.',
  })
  readonly revision!: bigint;

  @Field(() => Boolean, {
    description:
      'The read model could not take in an event of this case: what is shown is older than the case.',
  })
  readonly stale!: boolean;

  @Field(() => UuidScalar, { description: 'Random; to pick this client in a next case.' })
  readonly clientId!: string;

  @Field(() => ClientDetails)
  readonly client!: ClientDetails;

  @Field(() => Boolean, { nullable: true })
  readonly voicemailAllowed!: boolean | null;

  @Field(() => Boolean, { nullable: true })
  readonly interpreterNeeded!: boolean | null;

  @Field(() => [Registration], { description: 'The opening registration first.' })
  readonly registrations!: readonly Registration[];

  @Field(() => [RegistrationLink])
  readonly links!: readonly RegistrationLink[];

  @Field(() => [SelfRelianceAssessment], { description: 'Oldest first; the last one counts.' })
  readonly assessments!: readonly SelfRelianceAssessment[];

  @Field(() => [PiketRequest])
  readonly piketRequests!: readonly PiketRequest[];

  @Field(() => [ContactAttempt])
  readonly contactAttempts!: readonly ContactAttempt[];

  @Field(() => [Contact])
  readonly contacts!: readonly Contact[];

  @Field(() => [ConversationAccountType])
  readonly conversationAccounts!: readonly ConversationAccountType[];

  @Field(() => [Referral])
  readonly referrals!: readonly Referral[];

  @Field(() => [Toevoeging])
  readonly toevoegingen!: readonly Toevoeging[];

  @Field(() => [Handover])
  readonly handovers!: readonly Handover[];

  @Field(() => [Flag], { description: 'Withdrawn flags do not count and are not here.' })
  readonly flags!: readonly Flag[];

  @Field(() => Closing, { nullable: true })
  readonly closing!: Closing | null;

  /** Not a field of the schema: what the timeline below this case may show. */
  readonly sight!: CaseSight;
}

/** A case of the read model as its answer to one asker. */
export function caseType(view: CaseView, sight: CaseSight): CaseType {
  const { document } = view;
  const { personal } = sight;
  return {
    id: view.caseId,
    registrationCode: view.registrationCode,
    status: view.status,
    locationId: view.locationId,
    organisationId: view.organisationId,
    organisationKind: view.organisationKind,
    registeredBy: view.registeredBy,
    registeredAt: view.registeredAt,
    clientMunicipality: view.municipality,
    primaryArea: view.primaryArea,
    areas: view.areas,
    coordinator: document.coordinator,
    selfReliance: view.selfReliance,
    needsCoordinator: view.needsCoordinator,
    openPiketRequests: view.openPiketRequests,
    openReferrals: view.openReferrals,
    openHandovers: view.openHandovers,
    waitingFor: view.waitingFor,
    waitingSince: view.waitingSince,
    lastStepAt: document.lastStepAt,
    revision: view.revision,
    stale: view.stale,
    clientId: document.clientId,
    client: clientDetails(document.client, personal),
    voicemailAllowed: document.voicemailAllowed,
    interpreterNeeded: document.interpreterNeeded,
    registrations: document.registrations.map((entry) => registration(entry, personal)),
    links: document.links.map(registrationLink),
    ...signaleringFields(document, personal),
    ...contactFields(document, personal),
    ...referralFields(document, sight),
    sight,
  };
}
