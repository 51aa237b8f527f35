import type {
  Day,
  DestroyedKey,
  ErasureGround,
  ErasurePostponed,
  ErasureRefusalGround,
  IdentityCheck,
  Instant,
  KeptCase,
  Party,
} from '@spil/domain';
import { defineTable } from '../schema/table.js';

export const erasureStates = ['REQUESTED', 'POSTPONED', 'REFUSED', 'ORDERED', 'COMPLETED'] as const;
/** How far a request to erase is. `ORDERED`: it is being carried out. */
export type ErasureStateName = (typeof erasureStates)[number];

/** A request to erase, with all that was decided on it. Ids and dates, nothing personal. */
export interface ErasureDocument {
  readonly erasureId: string;
  readonly clientId: string;
  readonly organisationId: string;
  readonly ground: ErasureGround;
  readonly identityCheck: IdentityCheck | null;
  /** The one case that is meant; null for every case of the client. */
  readonly caseId: string | null;
  readonly state: ErasureStateName;
  readonly requestedBy: Party;
  readonly requestedAt: Instant;
  readonly answerBy: Instant;
  readonly refused: {
    readonly ground: ErasureRefusalGround;
    readonly by: Party;
    readonly at: Instant;
    /** Left to a colleague of who refused; none when left out. */
    readonly left?: readonly string[];
  } | null;
  /** The last postponement. */
  readonly postponed: {
    readonly ground: ErasurePostponed['ground'];
    readonly until: Day;
    readonly by: Party;
    readonly at: Instant;
  } | null;
  readonly ordered: {
    readonly by: Party;
    readonly at: Instant;
    readonly caseIds: readonly string[];
    readonly kept: readonly KeptCase[];
    /** Left to a colleague of who ordered; none when left out. */
    readonly left?: readonly string[];
  } | null;
  readonly completed: {
    readonly at: Instant;
    readonly destroyed: readonly DestroyedKey[];
    readonly backupsUntil: Day;
  } | null;
}

export interface ErasureRow {
  readonly erasureId: string;
  readonly organisationId: string;
  readonly state: ErasureStateName;
  readonly requestedAt: Date;
  readonly document: ErasureDocument;
}

export const erasureTable = defineTable<ErasureRow>({
  name: 'erasure_row',
  columns: {
    erasureId: 'uuid',
    organisationId: 'text',
    state: 'text',
    requestedAt: 'timestamptz',
    document: 'jsonb',
  },
  key: ['erasureId'],
  indexes: ['(organisation_id, requested_at, erasure_id)', `(erasure_id) WHERE state = 'ORDERED'`],
});
