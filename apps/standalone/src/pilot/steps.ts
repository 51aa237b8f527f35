import type {
  CaseOutcome,
  CaseSolution,
  Channel,
  ConsentForm,
  ContactAttemptResult,
  ConversationResult,
  ConversationSide,
  DeclineReason,
  Instant,
  LatAnswer,
  LegalArea,
  LifeDomain,
  OpposingPartyKind,
  OrganisationKind,
  ProgrammePolicy,
  QuestionKind,
  RegistrationKind,
  SelfRelianceOutcome,
  SignaleringRelevance,
  ToevoegingKind,
  ToevoegingRefusalGround,
  WithoutDeskChoice,
} from '@spil/domain';
import type { LocationName, PilotKind } from './published-tables.js';

/** A pilot-shaped history as plain data. All names, numbers and texts are fictitious. */
export interface PilotPlan {
  readonly locations: readonly PilotLocation[];
  readonly organisations: readonly PilotOrganisation[];
  readonly professionals: readonly PilotProfessional[];
  readonly policies: readonly PilotPolicy[];
  /** In the order of their first step. */
  readonly cases: readonly PilotCase[];
}

/** Every item has a stable key; its id, or its command's id, is `idOf(key)`. */
interface Keyed {
  readonly key: string;
  readonly id: string;
}

export interface PilotLocation extends Keyed {
  readonly code: LocationName;
  readonly name: string;
  /** CBS codes. */
  readonly municipalities: readonly string[];
  readonly arrondissement: string;
  readonly at: Instant;
}

export interface PilotOrganisation extends Keyed {
  readonly name: string;
  readonly kind: PilotKind;
  readonly at: Instant;
}

export interface PilotProfessional extends Keyed {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly kind: PilotKind;
  readonly location: PilotLocation;
  readonly organisation: PilotOrganisation;
  readonly at: Instant;
}

export interface PilotPolicy extends Keyed {
  readonly location: PilotLocation;
  /** The first day of the pilot. */
  readonly from: string;
  readonly policy: ProgrammePolicy;
  readonly at: Instant;
}

export interface PilotCase {
  readonly key: string;
  /** In time order, never two at one instant. */
  readonly steps: readonly PilotStep[];
}

/** One command: who does what, when. The command id is `commandId`, the same on every run. */
export interface PilotStep {
  readonly key: string;
  readonly commandId: string;
  readonly by: PilotProfessional;
  readonly at: Instant;
  readonly action: PilotAction;
}

/** Names something inside its case, for example `referral`; the loader learns the id behind it from the command's answer. */
export type Ref = string;

export interface Registration {
  readonly kind: RegistrationKind;
  readonly client: { readonly name: string; readonly phone: string; readonly email: string };
  readonly voicemailAllowed: boolean | null;
  readonly interpreterNeeded: boolean | null;
  readonly clientMunicipality: string | null;
  readonly channel: Channel;
  readonly primaryArea: LegalArea;
  readonly furtherAreas: readonly LegalArea[];
  readonly lifeDomains: readonly LifeDomain[];
  readonly opposingPartyKind: OpposingPartyKind | null;
  readonly opposingPartyName: string | null;
  readonly clientQuestion: string;
  readonly professionalQuestion: string | null;
  readonly signaleringRelevance: SignaleringRelevance;
}

export interface Question {
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  readonly area: LegalArea;
  readonly questionKind: QuestionKind;
  readonly withoutDesk: WithoutDeskChoice | null;
  readonly localKnowledgeNeeded: boolean;
}

export interface Contact {
  readonly initiatedBy: ConversationSide | 'UNKNOWN';
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  readonly reached: PilotProfessional | null;
  readonly channel: Channel;
  /** Null lets the product derive them from the recorded attempts and request. */
  readonly attempts: number | null;
  readonly delayMinutes: number | null;
}

export interface Account {
  readonly result: ConversationResult;
  readonly advice: string;
  readonly durationMinutes: number | null;
  /** 1 to 10, null when not answered. */
  readonly rating: number | null;
  readonly motivation: string | null;
  /** Null on the consulted side, which is not asked. */
  readonly latWithoutDesk: LatAnswer | null;
}

/** What each step of the plan carries; the names are the commands'. */
export interface PilotActions {
  registerCase: Registration;
  /** One short form: the case, what was asked of the desk (null: no request preceded), the contact and the account. */
  registerCaseWithConversation: {
    readonly registration: Registration;
    readonly request: Question | null;
    readonly failedAttempts: readonly ContactAttemptResult[];
    readonly contact: Contact;
    readonly account: Account | null;
  };
  registerCounterpart: {
    readonly side: ConversationSide;
    readonly note: string | null;
    readonly signaleringRelevance: SignaleringRelevance;
    /** This side's account of the case's conversation, null when it follows in a step of its own. */
    readonly account: Account | null;
  };
  requestPiket: Question;
  recordContactAttempt: { readonly result: ContactAttemptResult };
  withdrawPiketRequest: Record<string, never>;
  /** On the case's request, unless no request preceded. */
  recordContact: Contact & { readonly afterRequest: boolean };
  recordConversation: { readonly side: ConversationSide; readonly account: Account };
  assessSelfReliance: {
    readonly outcome: SelfRelianceOutcome;
    readonly wronglyAssumed: boolean;
    readonly indicators: string;
  };
  assignCoordinator: { readonly coordinator: PilotProfessional };
  transferCoordinator: { readonly to: PilotProfessional; readonly reason: 'AGREED' | 'ABSENT' | 'LEFT' };
  referCase: {
    readonly referral: Ref;
    readonly to: {
      readonly organisation: PilotOrganisation;
      readonly professional: PilotProfessional | null;
    };
    readonly manner:
      | { readonly warmth: 'COLD'; readonly coldReason: string | null }
      | { readonly warmth: 'WARM'; readonly handover: Ref };
    readonly toevoegingKind: ToevoegingKind | null;
  };
  acceptReferral: { readonly referral: Ref };
  declineReferral: { readonly referral: Ref; readonly reason: DeclineReason; readonly explanation: string };
  requestToevoeging: { readonly toevoeging: Ref; readonly referral: Ref; readonly kind: ToevoegingKind };
  grantToevoeging: { readonly toevoeging: Ref };
  refuseToevoeging: { readonly toevoeging: Ref; readonly ground: ToevoegingRefusalGround };
  prepareHandover: { readonly handover: Ref; readonly referral: Ref; readonly dossier: string };
  giveHandoverConsent: { readonly handover: Ref; readonly form: ConsentForm };
  offerHandover: { readonly handover: Ref; readonly to: PilotProfessional };
  acceptHandover: { readonly handover: Ref };
  completeHandover: { readonly handover: Ref };
  declineHandover: { readonly handover: Ref; readonly reason: DeclineReason; readonly explanation: string };
  closeCase: {
    readonly outcome: CaseOutcome;
    readonly solution: CaseSolution;
    readonly solvedInFirstLine: boolean | null;
  };
}

export type PilotActionName = keyof PilotActions;

/** One of the actions, told apart by `do`. */
export type PilotAction = {
  [Name in PilotActionName]: { readonly do: Name; readonly with: PilotActions[Name] };
}[PilotActionName];
