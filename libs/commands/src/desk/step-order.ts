import type { Instant, Refusal } from '@spil/domain';
import type { Principal, Purpose } from '@spil/access';
import type { DomainEvent } from '@spil/event-store';

/** Who orders a step, and how it is told apart from every other order. */
export interface StepOrder {
  /** Chosen by the caller; a repeat with the same id changes nothing (rule 11). */
  readonly commandId: string;
  readonly principal: Principal;
  /** What for; the role's own purpose when left out. A step that is not for what is stated is refused. */
  readonly purpose?: Purpose;
  /** Ties the events to the request that caused them. */
  readonly correlationId: string;
  /** When the step happened; now when left out. */
  readonly occurredAt?: Instant | null;
  /** The revision that the caller saw; a case that moved on since is refused with what changed. */
  readonly expectedRevision?: bigint | null;
  /** Asks for the import mandate: facts of long ago, which start no deadlines. */
  readonly asImport?: boolean;
}

/** An id that a step made, for the caller to name in later steps. */
export interface CreatedId {
  /** What it identifies, for example `piketRequest`. */
  readonly kind: string;
  readonly id: string;
}

/** The outcome of a step: what stands now, or why nothing was appended. */
export type StepResult =
  | {
      readonly kind: 'accepted';
      /** The stream's aggregate: a case, professional, organisation or location. */
      readonly aggregateId: string;
      readonly revision: bigint;
      /** Commit position in the log; queries can wait for it. */
      readonly position: bigint;
      readonly created: readonly CreatedId[];
      /** What was appended, also when this order is a repeat. */
      readonly events: readonly DomainEvent[];
      /** Only when a case was opened. */
      readonly registrationCode?: string;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
