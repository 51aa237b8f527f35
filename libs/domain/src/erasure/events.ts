import type { Day, Instant } from '../shared/decider.js';
import type { Party } from '../case/events.js';

/**
 * The way of a request to erase a client's data, on the stream `erasure-<erasureId>`. Each controlling organisation decides over
 * its own data. What is carried out stands on the stream of every case too: `ClientErasureOrdered` and `ClientDataErased`.
 */
export type ErasureEvent =
  ErasureRequested | ErasureRefused | ErasurePostponed | ErasureOrdered | ErasureCompleted;

interface ErasureFact {
  readonly erasureId: string;
  readonly occurredAt: Instant;
}

export const erasureGrounds = ['CLIENT_REQUEST', 'RETENTION_ENDED'] as const;
/** Why data are to be erased: the client asked (AVG art. 17), or the time for which they are kept is over (art. 5(1)(e)). */
export type ErasureGround = (typeof erasureGrounds)[number];

export const identityChecks = [
  'SEEN_IN_PERSON',
  'DIGID',
  'CALLED_BACK',
  'REPRESENTATIVE_AUTHORISED',
] as const;
/** How it was made sure that the client, or someone who may speak for the client, asked (AVG art. 12(6)). */
export type IdentityCheck = (typeof identityChecks)[number];

export const erasureRefusalGrounds = [
  'LEGAL_OBLIGATION',
  'LEGAL_CLAIMS',
  'IDENTITY_NOT_ESTABLISHED',
  'MANIFESTLY_UNFOUNDED',
] as const;
/** What stands against erasing for good (AVG art. 12(5), 12(6), 17(3)). */
export type ErasureRefusalGround = (typeof erasureRefusalGrounds)[number];

export const erasureObjections = ['CASE_OPEN', 'HANDOVER_UNDER_WAY', 'RETENTION_TERM'] as const;
/** What stands against erasing one case for now: it is still worked on, or its data must be kept for some time yet. */
export type ErasureObjection = (typeof erasureObjections)[number];

/** An organisation took in that a client's data are to be erased. */
export interface ErasureRequested extends ErasureFact {
  readonly type: 'ErasureRequested';
  readonly clientId: string;
  /** Whose data: every organisation decides over its own. */
  readonly organisationId: string;
  readonly ground: ErasureGround;
  /** Null when nobody asked, because the retention term ended. */
  readonly identityCheck: IdentityCheck | null;
  /** The one case that is meant; null for every case of the client. */
  readonly caseId: string | null;
  readonly requestedBy: Party;
  /** The client is to hear by then (AVG art. 12(3)). */
  readonly answerBy: Instant;
}

/** The request was turned down for good. */
export interface ErasureRefused extends ErasureFact {
  readonly type: 'ErasureRefused';
  readonly refusedBy: Party;
  readonly ground: ErasureRefusalGround;
  /** Cases that who refused could not decide on, for acting for the other party there: a colleague's to decide. None when left out. */
  readonly left?: readonly string[];
}

/** The request waits: what stands against it will pass. */
export interface ErasurePostponed extends ErasureFact {
  readonly type: 'ErasurePostponed';
  readonly postponedBy: Party;
  readonly ground: ErasureRefusalGround | ErasureObjection;
  readonly until: Day;
}

/** A case whose data stay, and why. */
export interface KeptCase {
  readonly caseId: string;
  readonly objection: ErasureObjection;
  /** When the objection passes, where that is known. */
  readonly until: Day | null;
}

/** The legal check was passed: from here on the data of these cases are destroyed, whatever happens in between. */
export interface ErasureOrdered extends ErasureFact {
  readonly type: 'ErasureOrdered';
  readonly orderedBy: Party;
  readonly caseIds: readonly string[];
  readonly kept: readonly KeptCase[];
  /** Cases that who ordered could not decide on, for acting for the other party there: a colleague's to decide. None when left out. */
  readonly left?: readonly string[];
}

/** A key that is no more. */
export interface DestroyedKey {
  readonly caseId: string;
  /** Null when nothing had ever been sealed under it. */
  readonly keyId: string | null;
  readonly destroyedAt: Instant;
  /**
   * The other organisations to which something of the client was shown in this case, by id, as the access log said when the key was gone:
   * who is to hear of the erasure (AVG art. 19). Left out by releases that did not note it.
   */
  readonly recipients?: readonly string[];
}

/** Everything ordered is done; this is what the certificate says. */
export interface ErasureCompleted extends ErasureFact {
  readonly type: 'ErasureCompleted';
  readonly destroyed: readonly DestroyedKey[];
  /** Wrapped keys may linger in backups of the key database until this day; what they open is unreadable without the key ring. */
  readonly backupsUntil: Day;
}
