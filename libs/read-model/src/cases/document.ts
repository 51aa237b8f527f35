import type {
  CaseClosed,
  CaseReferred,
  ContactAttempted,
  ContactSucceeded,
  ConversationAccount,
  ConversationSide,
  FlaggedForSignalering,
  HandoverOffered,
  HandoverPrepared,
  Instant,
  Party,
  PiketConversationRecorded,
  PiketRequested,
  RegistrationFacts,
  RegistrationKind,
  RegistrationLinked,
  SelfRelianceAssessed,
  SignaleringRelevance,
  ToevoegingRequested,
} from '@spil/domain';
import type { Located, SealedField } from '../sealed-field.js';

/** What an event said, without its type and case, its sealed values located. */
export type Step<Event> = Omit<Located<Event>, 'type' | 'caseId'>;

/** A case as it stands: every fact that still holds, personal data as ciphertext. */
export interface CaseDocument {
  readonly caseId: string;
  readonly registrationCode: string;
  readonly status: CaseStatus;
  readonly clientId: string;
  readonly client: SealedField | null;
  readonly voicemailAllowed: boolean | null;
  readonly interpreterNeeded: boolean | null;
  /** The opening registration first. */
  readonly registrations: readonly RegistrationEntry[];
  readonly links: readonly Step<RegistrationLinked>[];
  /** Oldest first; the last one counts. */
  readonly assessments: readonly Step<SelfRelianceAssessed>[];
  readonly coordinator: Party | null;
  readonly piketRequests: readonly PiketRequestEntry[];
  readonly attempts: readonly Step<ContactAttempted>[];
  readonly contacts: readonly Step<ContactSucceeded>[];
  readonly accounts: readonly AccountEntry[];
  readonly referrals: readonly ReferralEntry[];
  readonly toevoegingen: readonly ToevoegingEntry[];
  readonly handovers: readonly HandoverEntry[];
  /** Withdrawn flags do not count and are not here. */
  readonly flags: readonly Step<FlaggedForSignalering>[];
  readonly closed: Step<CaseClosed> | null;
  readonly lastStepAt: Instant;
  /** Of the last event folded in, in decimal digits. */
  readonly revision: string;
}

/** `LINKED` when the registration joined another case, where the work goes on. */
export type CaseStatus = 'OPEN' | 'LINKED' | 'CLOSED';

/** One side's registration; `facts` and `registrationKind` are null on a counterpart's. */
export interface RegistrationEntry {
  readonly registrationId: string;
  readonly registrationKind: RegistrationKind | null;
  readonly side: ConversationSide | null;
  readonly registeredBy: Party;
  readonly facts: Located<RegistrationFacts> | null;
  readonly note: SealedField | null;
  readonly signaleringRelevance: SignaleringRelevance;
  readonly occurredAt: Instant;
}

export interface PiketRequestEntry extends Step<PiketRequested> {
  readonly status: 'OPEN' | 'ANSWERED' | 'WITHDRAWN' | 'EXPIRED';
  readonly escalatedTo: 'NEXT_ON_ROSTER' | 'HELPLINE' | null;
}

/** One side's account of one conversation. */
export interface AccountEntry extends Omit<Step<PiketConversationRecorded>, 'account'> {
  readonly account: Located<ConversationAccount>;
}

export interface ReferralEntry extends Step<CaseReferred> {
  readonly status: 'OFFERED' | 'ACCEPTED' | 'DECLINED' | 'LAPSED';
  /** Of the last change of status. */
  readonly statusSince: Instant;
}

export interface ToevoegingEntry extends Step<ToevoegingRequested> {
  readonly status: 'REQUESTED' | 'GRANTED' | 'REFUSED';
  readonly refusalGround: string | null;
}

export type HandoverStatus =
  | 'PREPARED'
  | 'CONSENTED'
  | 'CONSENT_REFUSED'
  | 'CONSENT_WITHDRAWN'
  | 'OFFERED'
  | 'ACCEPTED'
  | 'COMPLETED'
  | 'DECLINED'
  | 'LAPSED';

export interface HandoverEntry extends Step<HandoverPrepared> {
  readonly status: HandoverStatus;
  readonly statusSince: Instant;
  /** The last offer. */
  readonly offer: Step<HandoverOffered> | null;
}
