import type { Instant, OrganisationKind } from '../shared/decider.js';
import type {
  ConversationAccount,
  OtherPartysSide,
  Party,
  PiketRequested,
  Receiver,
  RegistrationFacts,
} from './events.js';
import type {
  CaseOutcome,
  CaseSolution,
  ConsentForm,
  ConversationSide,
  CorrectionReason,
  DeclineReason,
  EmergencyVerdict,
  RegistrationKind,
  SelfRelianceOutcome,
  SignaleringRelevance,
  ToevoegingKind,
  ToevoegingRefusalGround,
} from './terms.js';

/** What decisions on a case need to know, folded from its stream. */
export type CaseState = NotRegistered | RegisteredCase;

/** A case that exists, whatever its status. */
export type RegisteredCase = OpenCase | ClosedCase | LinkedCase;

/** Nothing of a case was recorded yet; at most that its data were erased before it could be registered. */
export interface NotRegistered {
  readonly status: 'NOT_REGISTERED';
  readonly erasures: Erasures;
}

/** Whose personal data are, or are being, erased: by organisation. */
export type Erasures = ById<{ readonly at: Instant; readonly erased: boolean }>;

/** Work goes on. */
export interface OpenCase extends CaseFile {
  readonly status: 'OPEN';
}

/** Accepts nothing but what rule 10 names. */
export interface ClosedCase extends CaseFile {
  readonly status: 'CLOSED';
  readonly closing: {
    readonly closedBy: Party;
    readonly outcome: CaseOutcome;
    readonly solution: CaseSolution;
    readonly at: Instant;
  };
}

/** A guest: its registration was linked to another case, where the work goes on (rule 8). */
export interface LinkedCase extends CaseFile {
  readonly status: 'LINKED';
  readonly link: {
    readonly hostCaseId: string;
    readonly conversationId: string | null;
    readonly at: Instant;
  };
}

/** Things by their own id. */
export type ById<T> = Readonly<Record<string, T>>;

/** Looks a thing up by its id; an id that merely names something of every object, such as `constructor`, finds nothing. */
export const byId = <T>(things: ById<T>, id: string): T | undefined =>
  Object.hasOwn(things, id) ? things[id] : undefined;

/** What a case holds in every status but the first. */
export interface CaseFile {
  readonly caseId: string;
  readonly registrationCode: string;
  /** Of the registration that opened the case. */
  readonly registrationId: string;
  readonly registeredAt: Instant;
  readonly clientId: string;
  readonly registrations: ById<RegistrationState>;
  /** In the order of recording; the last that is not in error counts. */
  readonly assessments: readonly AssessmentState[];
  readonly coordinator: Party | null;
  readonly requests: ById<PiketRequestState>;
  readonly attempts: ById<ContactAttemptState>;
  readonly conversations: ById<ConversationState>;
  readonly referrals: ById<ReferralState>;
  readonly toevoegingen: ById<ToevoegingState>;
  readonly handovers: ById<HandoverState>;
  readonly flags: ById<FlagState>;
  /** Ids of completed handovers, in the order of completion. */
  readonly handedOver: readonly string[];
  readonly walls: ById<ConflictWallState>;
  readonly emergencies: ById<EmergencyAccessState>;
  /** Ids of organisations that recorded data of the client, in error or not: they stay in history until they are erased. */
  readonly controllers: readonly string[];
  /** Who had a role in the case that ended. */
  readonly former: readonly Place[];
  readonly erasures: Erasures;
  readonly lastReopening: { readonly reason: string; readonly at: Instant } | null;
}

/** One side's record of the case, by how it came to be. */
export type RegistrationState = OwnRegistration | CounterpartRegistration | LinkedRegistration;

interface AnyRegistration {
  readonly registrationId: string;
  readonly registeredBy: Party;
  readonly side: ConversationSide;
  readonly registeredAt: Instant;
}

/** The registration that opened the case. */
export interface OwnRegistration extends AnyRegistration {
  readonly role: 'OWN';
  readonly kind: RegistrationKind;
  readonly facts: RegistrationFacts;
  readonly lastCorrection: Correction | null;
}

/** The other side's registration, by registration code. */
export interface CounterpartRegistration extends AnyRegistration {
  readonly role: 'COUNTERPART';
  readonly signaleringRelevance: SignaleringRelevance;
  readonly lastCorrection: Correction | null;
}

/** A registration that lives on a stream of its own. */
export interface LinkedRegistration extends AnyRegistration {
  readonly role: 'LINKED';
  readonly guestCaseId: string;
}

/** Tells a repeated correction from a new one. */
export interface Correction {
  readonly reason: CorrectionReason;
  readonly at: Instant;
}

/** How far the client can act alone, as assessed once. */
export interface AssessmentState {
  readonly assessmentId: string;
  readonly outcome: SelfRelianceOutcome;
  readonly at: Instant;
  readonly inError: CorrectionReason | null;
}

/** A request for a conversation. */
export interface PiketRequestState {
  readonly piketRequestId: string;
  readonly status: 'OPEN' | 'CONTACTED' | 'WITHDRAWN' | 'EXPIRED';
  readonly askedBy: Party;
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  readonly route: PiketRequested['route'];
  readonly localKnowledgeNeeded: boolean;
  readonly respondBy: Instant | null;
  readonly at: Instant;
  readonly lastEscalation: {
    readonly to: string;
    readonly reason: string;
    readonly at: Instant;
    /** How many attempts had failed by then; the next escalation counts from here. */
    readonly afterAttempts: number;
  } | null;
}

/** One try that did not reach the person on duty. */
export interface ContactAttemptState {
  readonly attemptId: string;
  readonly piketRequestId: string;
  readonly at: Instant;
  readonly inError: CorrectionReason | null;
}

/** A contact and the conversation that it opened: one cannot be without the other. */
export interface ConversationState {
  readonly conversationId: string;
  readonly contactId: string;
  readonly piketRequestId: string | null;
  readonly reportedBy: Party;
  readonly initiatedBy: ConversationSide | 'UNKNOWN';
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  readonly reachedProfessionalId: string | null;
  readonly at: Instant;
  /** Why the contact was entered in error, null when it stands. */
  readonly inError: CorrectionReason | null;
  readonly accounts: Readonly<Record<ConversationSide, AccountState>>;
}

/** What one side told of a conversation. */
export type AccountState =
  | { readonly status: 'AWAITED' }
  | RecordedAccount
  /** Given on the stream of a linked registration. */
  | { readonly status: 'LINKED'; readonly registrationId: string; readonly guestCaseId: string }
  | { readonly status: 'IN_ERROR'; readonly reason: CorrectionReason };

/** Given on this stream. */
export interface RecordedAccount {
  readonly status: 'RECORDED';
  readonly registrationId: string;
  readonly recordedBy: Party;
  readonly at: Instant;
  readonly account: ConversationAccount;
  readonly lastCorrection: Correction | null;
}

/** A referral, until it is answered or lapses. */
export interface ReferralState {
  readonly referralId: string;
  readonly status: 'OPEN' | 'ACCEPTED' | 'DECLINED' | 'LAPSED';
  readonly referredBy: Party;
  readonly to: Receiver;
  readonly warmth: 'COLD' | 'WARM';
  readonly handoverId: string | null;
  readonly respondBy: Instant | null;
  readonly at: Instant;
  /** Who accepted or declined it. */
  readonly answeredBy: Party | null;
}

/** An application for subsidised legal aid. */
export interface ToevoegingState {
  readonly toevoegingId: string;
  readonly status: 'REQUESTED' | 'GRANTED' | 'REFUSED';
  readonly kind: ToevoegingKind;
  readonly ground: ToevoegingRefusalGround | null;
  readonly at: Instant;
  readonly inError: CorrectionReason | null;
}

/** A handover; whatever stops it before completion brings it back to `PREPARED`, with the sender. */
export type HandoverState = HandoverWithSender | HandoverWithReceiver;

interface AnyHandover {
  readonly handoverId: string;
  readonly referralId: string | null;
  readonly preparedBy: Party;
  readonly consent: HandoverConsent;
  /** When its latest step happened. */
  readonly at: Instant;
}

/** What the client said to handing over the form (P 5). */
export type HandoverConsent =
  | { readonly status: 'NOT_ASKED' | 'REFUSED' | 'WITHDRAWN' }
  | { readonly status: 'GIVEN'; readonly form: ConsentForm };

/** The dossier lies with the sender: drawn up, or come back. */
export interface HandoverWithSender extends AnyHandover {
  readonly status: 'PREPARED';
  /** How it came back, null when it was never offered. */
  readonly returned:
    | { readonly how: 'LAPSED' | 'CONSENT_WITHDRAWN' }
    | { readonly how: 'DECLINED'; readonly by: Party; readonly reason: DeclineReason }
    | null;
}

/** The dossier lies with the receiver, who was named in the offer. */
export interface HandoverWithReceiver extends AnyHandover {
  readonly status: 'OFFERED' | 'ACCEPTED' | 'COMPLETED';
  readonly offer: {
    readonly by: Party;
    readonly to: Party;
    readonly respondBy: Instant | null;
    readonly at: Instant;
  };
}

/** A flag, by a registration or of its own. */
export interface FlagState {
  readonly flagId: string;
  readonly registrationId: string;
  readonly flaggedBy: Party;
  /** The registration only answered that it is relevant. */
  readonly byRelevance: boolean;
  readonly at: Instant;
  /** Why it was withdrawn, null when it stands. */
  readonly withdrawn: CorrectionReason | null;
}

/** Who is meant; null means whoever. A professional alone is meant in every organisation and at every location. */
export interface Place {
  readonly organisationId: string | null;
  readonly locationId: string | null;
  readonly professionalId: string | null;
}

/** Someone acts for the other party, until the wall is lifted. */
export interface ConflictWallState {
  readonly wallId: string;
  readonly against: OtherPartysSide;
  readonly at: Instant;
  readonly lifted: { readonly by: Party; readonly at: Instant } | null;
}

/** Access that someone without a role took in an emergency. */
export interface EmergencyAccessState {
  readonly emergencyId: string;
  readonly takenBy: Party;
  readonly at: Instant;
  readonly until: Instant;
  readonly reviewBy: Instant;
  readonly review: {
    readonly by: Party;
    readonly verdict: EmergencyVerdict;
    readonly at: Instant;
  } | null;
}
