import type {
  ConversationSide,
  Day,
  Instant,
  LatAnswer,
  OrganisationKind,
  Party,
  SignaleringRelevance,
} from '@spil/domain';

/** What a stream has to say to the figures: enough to state its contributions, nothing personal. */
export type FigureState = CaseFigures | ProfessionalFigures;

/** Who did it, in the capacity of that moment. */
export interface Who {
  readonly professionalId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
}

export const whoIs = ({ professionalId, organisationKind, locationId }: Party): Who => ({
  professionalId,
  organisationKind,
  locationId,
});

export interface CaseFigures {
  readonly of: 'CASE';
  readonly area: string;
  /** Empty when unknown. */
  readonly municipality: string;
  /** The opening one first. */
  readonly registrations: readonly RegistrationFigures[];
  /** Registrations that joined from a case of their own, where they are counted. */
  readonly linked: readonly { readonly registrationId: string; readonly who: Who; readonly day: Day }[];
  readonly requests: readonly RequestFigures[];
  readonly contacts: readonly ContactFigures[];
  readonly accounts: readonly AccountFigures[];
  readonly referrals: readonly ReferralFigures[];
  readonly handovers: readonly HandoverFigures[];
}

export interface RegistrationFigures {
  readonly registrationId: string;
  /** Registration kind, or `COUNTERPART`. */
  readonly kind: string;
  readonly who: Who;
  readonly at: Instant;
  readonly day: Day;
  readonly relevance: SignaleringRelevance;
}

export interface RequestFigures {
  readonly piketRequestId: string;
  readonly who: Who;
  readonly askedKind: string;
  readonly area: string;
  readonly at: Instant;
  readonly day: Day;
}

export interface ContactFigures {
  readonly contactId: string;
  readonly conversationId: string;
  readonly piketRequestId: string | null;
  readonly who: Who;
  readonly reachedKind: string;
  readonly initiatedBy: string;
  readonly at: Instant;
  readonly day: Day;
  readonly delayMinutes: number | null;
}

/** One side's account of a conversation; `recorded` is null for one that lies on a linked registration's stream. */
export interface AccountFigures {
  readonly conversationId: string;
  readonly side: ConversationSide;
  readonly registrationId: string;
  readonly who: Who;
  readonly day: Day;
  readonly recorded: { readonly rating: number | null; readonly lat: LatAnswer | null } | null;
}

export interface ReferralFigures {
  readonly referralId: string;
  readonly who: Who;
  readonly at: Instant;
  readonly accepted: { readonly at: Instant; readonly day: Day } | null;
}

export interface HandoverFigures {
  readonly handoverId: string;
  readonly who: Who;
  /** On which it was prepared. */
  readonly day: Day;
  readonly status: string;
  readonly offeredAt: Instant | null;
  readonly accepted: { readonly at: Instant; readonly day: Day } | null;
  readonly completed: { readonly at: Instant; readonly day: Day } | null;
}

/** Users are a stock: each change adds and takes away on the day it happened. */
export interface ProfessionalFigures {
  readonly of: 'PROFESSIONAL';
  readonly who: Who;
  /** False once the professional left; absence changes nothing. */
  readonly present: boolean;
  readonly changes: readonly { readonly day: Day; readonly who: Who; readonly count: 1 | -1 }[];
}
