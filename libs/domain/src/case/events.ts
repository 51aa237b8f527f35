import type { Instant, OrganisationKind } from '../shared/decider.js';
import type { Sealed } from '../shared/sealed.js';
import type {
  CaseOutcome,
  CaseSolution,
  Channel,
  ConsentForm,
  ContactAttemptResult,
  ConversationResult,
  ConversationSide,
  CorrectionReason,
  DeclineReason,
  EmergencyVerdict,
  FlagKind,
  LatAnswer,
  LegalArea,
  LifeDomain,
  OpposingPartyKind,
  QuestionKind,
  RegistrationKind,
  SelfRelianceOutcome,
  SignaleringRelevance,
  SignaleringTheme,
  ToevoegingKind,
  ToevoegingRefusalGround,
  WithoutDeskChoice,
} from './terms.js';

/** Every step of a case, in the past tense, on the stream `case-<caseId>`. Wire types are these literals and never change. */
export type CaseEvent =
  | CaseRegistered
  | CounterpartRegistered
  | RegistrationLinked
  | SelfRelianceAssessed
  | CoordinatorAssigned
  | CoordinatorTransferred
  | PiketRequested
  | ContactAttempted
  | ContactSucceeded
  | PiketRequestEscalated
  | PiketRequestWithdrawn
  | PiketRequestExpired
  | PiketConversationRecorded
  | CaseReferred
  | ReferralAccepted
  | ReferralDeclined
  | ReferralLapsed
  | ToevoegingRequested
  | ToevoegingGranted
  | ToevoegingRefused
  | HandoverPrepared
  | HandoverConsentGiven
  | HandoverConsentRefused
  | HandoverConsentWithdrawn
  | HandoverOffered
  | HandoverAccepted
  | WarmHandoverCompleted
  | HandoverDeclined
  | HandoverLapsed
  | FlaggedForSignalering
  | FlagWithdrawn
  | CaseClosed
  | CaseReopened
  | RegistrationCorrected
  | ConversationCorrected
  | FactEnteredInError
  | ConflictWallRaised
  | ConflictWallLifted
  | EmergencyAccessTaken
  | EmergencyAccessReviewed
  | ClientErasureOrdered
  | ClientDataErased;

interface CaseFact {
  readonly caseId: string;
  /** When the step happened, as opposed to when it was recorded. */
  readonly occurredAt: Instant;
}

/** A professional in the capacity in which he or she acted, copied so that figures never join today's reference data. */
export interface Party {
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
}

/** What a registration states about the request for help; the whole of it is replaced by a correction. */
export interface RegistrationFacts {
  /** CBS municipality code of where the client lives, for example `GM0363`; null when unknown. Not the location of help. */
  readonly clientMunicipality: string | null;
  readonly channel: Channel;
  readonly primaryArea: LegalArea;
  readonly furtherAreas: readonly LegalArea[];
  readonly lifeDomains: readonly LifeDomain[];
  readonly opposingPartyKind: OpposingPartyKind | null;
  readonly opposingPartyName: Sealed | null;
  readonly clientQuestion: Sealed | null;
  readonly professionalQuestion: Sealed | null;
  readonly signaleringRelevance: SignaleringRelevance;
}

/** A case was opened by a professional at a location (R 2.3). */
export interface CaseRegistered extends CaseFact {
  readonly type: 'CaseRegistered';
  readonly registrationId: string;
  /** Unique for ever; the other side links its registration with it (R 2.4). */
  readonly registrationCode: string;
  readonly registrationKind: RegistrationKind;
  readonly registeredBy: Party;
  /** Random; reused only when the professional explicitly picks a known client. */
  readonly clientId: string;
  /** Name and contact details of the client. */
  readonly client: Sealed | null;
  readonly voicemailAllowed: boolean | null;
  readonly interpreterNeeded: boolean | null;
  readonly facts: RegistrationFacts;
}

/** The other side registered its own view of the same case, by registration code (R 2.4). */
export interface CounterpartRegistered extends CaseFact {
  readonly type: 'CounterpartRegistered';
  readonly registrationId: string;
  readonly registeredBy: Party;
  readonly side: ConversationSide;
  readonly note: Sealed | null;
  readonly signaleringRelevance: SignaleringRelevance;
}

/** A registration that started as a case of its own was linked; written to both streams, which never merge (rule 8). */
export interface RegistrationLinked extends CaseFact {
  readonly type: 'RegistrationLinked';
  /** `HOST` on the stream whose code was used, `GUEST` on the stream that the registration came from. */
  readonly role: 'HOST' | 'GUEST';
  readonly hostCaseId: string;
  readonly guestCaseId: string;
  /** The guest's registration. */
  readonly registrationId: string;
  readonly registeredBy: Party;
  readonly side: ConversationSide;
  /** The host's conversation of which the guest gave its account, null when it gave none. */
  readonly conversationId: string | null;
}

/** How far the client can act alone was assessed (P 12). */
export interface SelfRelianceAssessed extends CaseFact {
  readonly type: 'SelfRelianceAssessed';
  readonly assessmentId: string;
  readonly assessedBy: Party;
  readonly outcome: SelfRelianceOutcome;
  /** Self-reliance was wrongly assumed by a rule or an institution (P 11). */
  readonly wronglyAssumed: boolean;
  readonly indicators: Sealed | null;
}

/** One first-line professional took on the coordinating role, the spider in the web (P 12). */
export interface CoordinatorAssigned extends CaseFact {
  readonly type: 'CoordinatorAssigned';
  readonly coordinator: Party;
}

/** The coordinating role passed to someone else. */
export interface CoordinatorTransferred extends CaseFact {
  readonly type: 'CoordinatorTransferred';
  readonly from: Party;
  readonly to: Party;
  readonly reason: 'AGREED' | 'ABSENT' | 'LEFT' | 'HANDOVER';
}

/** A professional asked the desk, or a named colleague, for a conversation about the case (R 1.2). */
export interface PiketRequested extends CaseFact {
  readonly type: 'PiketRequested';
  readonly piketRequestId: string;
  readonly askedBy: Party;
  /** Which kind of organisation was asked; `UNKNOWN` only for imported facts (R footnote 7). */
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  /** `LOCAL_DESK`, `HELPLINE`, or a named colleague past the roster (P 7). */
  readonly route: 'LOCAL_DESK' | 'HELPLINE' | 'NAMED_COLLEAGUE';
  readonly namedProfessionalId: string | null;
  readonly area: LegalArea;
  readonly questionKind: QuestionKind;
  readonly withoutDesk: WithoutDeskChoice | null;
  /** Keeps the request local (R 3.2). */
  readonly localKnowledgeNeeded: boolean;
  /** When the request escalates if nobody was reached; null when policy or mandate sets none. */
  readonly respondBy: Instant | null;
}

/** One try to reach the person on duty. */
export interface ContactAttempted extends CaseFact {
  readonly type: 'ContactAttempted';
  readonly attemptId: string;
  readonly piketRequestId: string;
  readonly attemptedBy: Party;
  readonly result: ContactAttemptResult;
  readonly callBackAt: Instant | null;
}

/** The other side was reached; this opens a conversation of which each side may give its account. */
export interface ContactSucceeded extends CaseFact {
  readonly type: 'ContactSucceeded';
  readonly contactId: string;
  /** Named here, recorded by `PiketConversationRecorded`. */
  readonly conversationId: string;
  /** Null when the contact followed no request, for example when a lawyer began it. */
  readonly piketRequestId: string | null;
  readonly reportedBy: Party;
  /** Who started the contact; DRS did not record it (R 2.2), so `UNKNOWN` is a value. */
  readonly initiatedBy: ConversationSide | 'UNKNOWN';
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  readonly reachedProfessionalId: string | null;
  readonly channel: Channel;
  /** Number of attempts up to and including this one; reported, else derived from the recorded attempts. */
  readonly attempts: number;
  /** Minutes between the request and this contact; reported, else derived; null without a request. */
  readonly delayMinutes: number | null;
}

/** The request went to the next on the roster or to the national helpline. */
export interface PiketRequestEscalated extends CaseFact {
  readonly type: 'PiketRequestEscalated';
  readonly piketRequestId: string;
  readonly to: 'NEXT_ON_ROSTER' | 'HELPLINE';
  readonly reason: 'ATTEMPTS' | 'WAITING' | 'JUDGEMENT';
}

/** The asker no longer needs the conversation. */
export interface PiketRequestWithdrawn extends CaseFact {
  readonly type: 'PiketRequestWithdrawn';
  readonly piketRequestId: string;
}

/** Nobody was reached in time. */
export interface PiketRequestExpired extends CaseFact {
  readonly type: 'PiketRequestExpired';
  readonly piketRequestId: string;
}

/** One side's account of a conversation; the two accounts are kept apart and never merged (rule 8). */
export interface ConversationAccount {
  readonly result: ConversationResult;
  readonly advice: Sealed | null;
  /** Minutes. */
  readonly durationMinutes: number | null;
  /** 1 to 10, null when not answered; never 0 (R footnote 8). */
  readonly rating: number | null;
  readonly motivation: Sealed | null;
  /** Null on the consulted side, which is not asked. */
  readonly latWithoutDesk: LatAnswer | null;
}

/** A side recorded its account of a conversation. The conversation is complete when both did (R 2.4). */
export interface PiketConversationRecorded extends CaseFact {
  readonly type: 'PiketConversationRecorded';
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly registrationId: string;
  readonly recordedBy: Party;
  readonly account: ConversationAccount;
}

/** Who receives a referral or handover. */
export interface Receiver {
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly professionalId: string | null;
}

/** The client was sent on (R 5.2 q5b: never requires a conversation first). */
export interface CaseReferred extends CaseFact {
  readonly type: 'CaseReferred';
  readonly referralId: string;
  readonly referredBy: Party;
  readonly to: Receiver;
  /** `BACK` goes from second to first line. */
  readonly direction: 'FORWARD' | 'BACK';
  readonly warmth: 'COLD' | 'WARM';
  /** The one handover of a warm referral. */
  readonly handoverId: string | null;
  readonly toevoegingKind: ToevoegingKind | null;
  /** Why a client who is not self-reliant is referred cold all the same (R 3.2). */
  readonly coldReason: Sealed | null;
  /** Null for a warm referral too: its one deadline is that of its handover, which runs from the offer. */
  readonly respondBy: Instant | null;
}

export interface ReferralAccepted extends CaseFact {
  readonly type: 'ReferralAccepted';
  readonly referralId: string;
  readonly acceptedBy: Party;
}

export interface ReferralDeclined extends CaseFact {
  readonly type: 'ReferralDeclined';
  readonly referralId: string;
  readonly declinedBy: Party;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}

/** Not answered in time; the client is back with the sender. */
export interface ReferralLapsed extends CaseFact {
  readonly type: 'ReferralLapsed';
  readonly referralId: string;
}

/** Subsidised legal aid was applied for; feeds the self-reliance monitor (P foreword, P 11). */
export interface ToevoegingRequested extends CaseFact {
  readonly type: 'ToevoegingRequested';
  readonly toevoegingId: string;
  readonly referralId: string | null;
  readonly kind: ToevoegingKind;
  readonly requestedBy: Party;
}

export interface ToevoegingGranted extends CaseFact {
  readonly type: 'ToevoegingGranted';
  readonly toevoegingId: string;
}

export interface ToevoegingRefused extends CaseFact {
  readonly type: 'ToevoegingRefused';
  readonly toevoegingId: string;
  readonly ground: ToevoegingRefusalGround;
}

/** The dossier was drawn up so that the client need not tell the story again (P 5). */
export interface HandoverPrepared extends CaseFact {
  readonly type: 'HandoverPrepared';
  readonly handoverId: string;
  readonly referralId: string | null;
  readonly preparedBy: Party;
  /** Case sketch, advice so far, documents and contact details of the sender. */
  readonly dossier: Sealed;
}

/** The client decides to hand over the form (P 5). */
export interface HandoverConsentGiven extends CaseFact {
  readonly type: 'HandoverConsentGiven';
  readonly handoverId: string;
  readonly form: ConsentForm;
}

export interface HandoverConsentRefused extends CaseFact {
  readonly type: 'HandoverConsentRefused';
  readonly handoverId: string;
}

/** The client took consent back; a handover under way returns to the sender (rule 5). */
export interface HandoverConsentWithdrawn extends CaseFact {
  readonly type: 'HandoverConsentWithdrawn';
  readonly handoverId: string;
}

/** Offered to a named person, never to an organisation (R footnote 10). */
export interface HandoverOffered extends CaseFact {
  readonly type: 'HandoverOffered';
  readonly handoverId: string;
  readonly offeredBy: Party;
  readonly to: Party;
  readonly respondBy: Instant | null;
}

export interface HandoverAccepted extends CaseFact {
  readonly type: 'HandoverAccepted';
  readonly handoverId: string;
  readonly acceptedBy: Party;
}

/** The receiver had first contact with the client; only the receiver can say so (rule 5). */
export interface WarmHandoverCompleted extends CaseFact {
  readonly type: 'WarmHandoverCompleted';
  readonly handoverId: string;
  readonly completedBy: Party;
}

export interface HandoverDeclined extends CaseFact {
  readonly type: 'HandoverDeclined';
  readonly handoverId: string;
  readonly declinedBy: Party;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}

/** Not accepted in time; back on the sender's worklist: no client disappears between two desks (rule 5). */
export interface HandoverLapsed extends CaseFact {
  readonly type: 'HandoverLapsed';
  readonly handoverId: string;
}

/** The case was marked as worth discussing at the signaleringsoverleg. */
export interface FlaggedForSignalering extends CaseFact {
  readonly type: 'FlaggedForSignalering';
  readonly flagId: string;
  readonly registrationId: string;
  readonly flaggedBy: Party;
  /** Null when a registration only answered that it is relevant. */
  readonly kind: FlagKind | null;
  readonly themes: readonly SignaleringTheme[];
  readonly selfRelianceWronglyAssumed: boolean;
  readonly gapInLegalAid: boolean;
  readonly bestPracticeCandidate: boolean;
  /** Sealed until its wording is released (rule 9). */
  readonly note: Sealed | null;
}

/** A withdrawn flag does not count. */
export interface FlagWithdrawn extends CaseFact {
  readonly type: 'FlagWithdrawn';
  readonly flagId: string;
  readonly reason: CorrectionReason;
}

export interface CaseClosed extends CaseFact {
  readonly type: 'CaseClosed';
  readonly closedBy: Party;
  readonly outcome: CaseOutcome;
  readonly solution: CaseSolution;
  /** Null when not answered. */
  readonly solvedInFirstLine: boolean | null;
}

export interface CaseReopened extends CaseFact {
  readonly type: 'CaseReopened';
  readonly reopenedBy: Party;
  readonly reason: 'CLIENT_RETURNED' | 'CLOSED_TOO_SOON' | 'NEW_FACTS';
}

/** The whole new value of a registration's facts; figures take the old contribution back. */
export interface RegistrationCorrected extends CaseFact {
  readonly type: 'RegistrationCorrected';
  readonly registrationId: string;
  /** For a counterpart's registration only `signaleringRelevance` is new; the rest is null. */
  readonly facts: RegistrationFacts | null;
  readonly signaleringRelevance: SignaleringRelevance;
  readonly reason: CorrectionReason;
}

/** The whole new value of one side's account. */
export interface ConversationCorrected extends CaseFact {
  readonly type: 'ConversationCorrected';
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly account: ConversationAccount;
  readonly reason: CorrectionReason;
}

/** Names a fact that can be entered in error. */
export type FactReference =
  | { readonly kind: 'CONTACT_ATTEMPT'; readonly id: string }
  | { readonly kind: 'CONTACT'; readonly id: string }
  | { readonly kind: 'CONVERSATION_ACCOUNT'; readonly id: string; readonly side: ConversationSide }
  | { readonly kind: 'SELF_RELIANCE_ASSESSMENT'; readonly id: string }
  | { readonly kind: 'TOEVOEGING'; readonly id: string };

/** A fact never happened; figures take its contribution back. History keeps it. */
export interface FactEnteredInError extends CaseFact {
  readonly type: 'FactEnteredInError';
  readonly fact: FactReference;
  readonly reason: CorrectionReason;
}

/** Who acts for the other party: one professional, wherever he or she works, or a whole organisation. */
export type OtherPartysSide = { readonly professionalId: string } | { readonly organisationId: string };

/** Someone acts for the other party: from now on the case does not exist for them, whatever else they are to it. */
export interface ConflictWallRaised extends CaseFact {
  readonly type: 'ConflictWallRaised';
  readonly wallId: string;
  readonly raisedBy: Party;
  readonly against: OtherPartysSide;
}

/** The conflict of interest is over, or never was. */
export interface ConflictWallLifted extends CaseFact {
  readonly type: 'ConflictWallLifted';
  readonly wallId: string;
  readonly liftedBy: Party;
}

/** Someone without a role in the case opened it in an emergency, for a short time; reviewed afterwards by someone else. */
export interface EmergencyAccessTaken extends CaseFact {
  readonly type: 'EmergencyAccessTaken';
  readonly emergencyId: string;
  readonly takenBy: Party;
  readonly reason: Sealed;
  /** When it ends by itself. */
  readonly until: Instant;
  /** When the review is overdue. */
  readonly reviewBy: Instant;
}

/** Someone else looked at whether emergency access was justified; if not, it ends at once. */
export interface EmergencyAccessReviewed extends CaseFact {
  readonly type: 'EmergencyAccessReviewed';
  readonly emergencyId: string;
  readonly reviewedBy: Party;
  readonly verdict: EmergencyVerdict;
  readonly note: Sealed | null;
}

/** One organisation's personal data in this case are to be destroyed; from here on it records none here (AVG art. 17). */
export interface ClientErasureOrdered extends CaseFact {
  readonly type: 'ClientErasureOrdered';
  readonly erasureId: string;
  readonly clientId: string;
  readonly organisationId: string;
}

/** They were: the data key is no more, and what it sealed can be read by nobody. History, counts and proofs stay. */
export interface ClientDataErased extends CaseFact {
  readonly type: 'ClientDataErased';
  readonly erasureId: string;
  readonly organisationId: string;
  /** The key that was destroyed; null when nothing had been sealed under it. */
  readonly keyId: string | null;
}
