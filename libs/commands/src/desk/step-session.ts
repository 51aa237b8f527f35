import { Injectable } from '@nestjs/common';
import {
  actorOf,
  isOfOrganisation,
  mandateFor,
  purposeFor,
  worksAsTokenSays,
  type Asker,
  type OrganisationPrincipal,
  type Principal,
  type Purpose,
} from '@spil/access';
import {
  isRefusal,
  refuse,
  type DecisionContext,
  type Instant,
  type Party,
  type Refusal,
} from '@spil/domain';
import { derivedId, type DecisionOutcome } from '@spil/event-store';
import { Clock } from './clock.js';
import { References } from './references.js';
import type { CreatedId, StepOrder, StepResult } from './step-order.js';

/** What a step can make; ids of attempts are numbered, from `attempt1` on. */
const madeKinds = [
  'case',
  'client',
  'registration',
  'piketRequest',
  'attempt',
  'contact',
  'conversation',
  'assessment',
  'referral',
  'handover',
  'toevoeging',
  'flag',
  'wall',
  'emergency',
] as const;
export type MadeKind = (typeof madeKinds)[number] | `attempt${number}`;

/** What stays the same while one order is carried out: who, under which mandate, when, and the ids it makes. */
export class StepSession {
  /** Set once the decision looked at programme policy. */
  policyRevision: number | undefined;
  readonly #made = new Map<MadeKind, string>();

  constructor(
    readonly order: StepOrder,
    readonly principal: OrganisationPrincipal,
    readonly actor: Party,
    readonly context: DecisionContext,
  ) {}

  /** A new id of some kind; the same again when the order is repeated. */
  newId(kind: MadeKind): string {
    const id = this.#made.get(kind) ?? derivedId(principalName(this.principal), this.order.commandId, kind);
    this.#made.set(kind, id);
    return id;
  }

  /** Who acts, as the access policy asks it. */
  get asker(): Asker | undefined {
    return askerOf(this.order, this.context.recordedAt);
  }

  /** What every run of the decision runner takes from the order. */
  get run() {
    return runOf(this.order, this.context);
  }

  /** The runner's outcome, with those of the ids made here that its events name: the same for a repeat. */
  result(aggregateId: string, outcome: DecisionOutcome): StepResult {
    if (outcome.kind === 'refused') return outcome;
    const { events, repeated } = outcome;
    const named = new Set<unknown>(events.flatMap(({ event }): unknown[] => Object.values(event)));
    const created: CreatedId[] = [];
    const take = (kind: MadeKind): boolean => {
      // What a repeat answers with was made by the session of the first time.
      if (!repeated && !this.#made.has(kind)) return false;
      const id = this.newId(kind);
      if (named.has(id)) created.push({ kind, id });
      return named.has(id);
    };
    for (const kind of madeKinds) take(kind);
    for (let number = 1; take(`attempt${number}`);) number += 1;
    return resultOf(aggregateId, outcome, created);
  }
}

/** Opens a session for an order, once its principal turns out to be someone of an organisation; the policy says which steps are theirs. */
@Injectable()
export class StepSessions {
  constructor(
    private readonly clock: Clock,
    private readonly references: References,
  ) {}

  /**
   * Refuses people without an organisation, professionals who are not active (any more), mandates that are not theirs, and a stated
   * purpose other than the one `needed`: the role's own when left out.
   */
  async begin(order: StepOrder, needed?: Purpose): Promise<StepSession | Refusal> {
    const { principal } = order;
    if (!isOfOrganisation(principal)) return refuse('NOT_ALLOWED');
    const context = contextOf(order, this.clock, needed);
    if (isRefusal(context)) return context;
    const self = await this.references.party(principal.professionalId, 'actor');
    if (isRefusal(self)) return self;
    if (!worksAsTokenSays(principal, self)) {
      return refuse('NOT_ALLOWED', { facts: { reason: 'TOKEN_NAMES_FORMER_POSITION' } });
    }
    return new StepSession(order, principal, self, context);
  }
}

/**
 * The context of a principal's decision; refuses a mandate that is not theirs, and a stated purpose other than the one that the step is
 * `needed` for. What was stated is thus what the step was taken for, and the mandate in its events says so.
 */
export function contextOf(
  order: StepOrder,
  clock: Clock,
  needed: Purpose = purposeFor(order.principal.role),
): DecisionContext | Refusal {
  const { principal, purpose = needed } = order;
  if (purpose !== needed) return refuse('PURPOSE_NOT_FOR_STEP', { facts: { purpose, needed } });
  const mandate = mandateFor(principal, order.asImport ? 'IMPORT' : undefined);
  if (mandate === undefined) return refuse('NOT_ALLOWED', { field: 'asImport' });
  const recordedAt = clock.now();
  const occurredAt = order.occurredAt ?? recordedAt;
  const actor = isOfOrganisation(principal)
    ? actorOf(principal)
    : { kind: 'SYSTEM' as const, process: 'administration' };
  return { actor, mandate, recordedAt, occurredAt, ...(order.occurredAt == null && { occursNow: true }) };
}

/** Who orders a step, as the access policy asks it; undefined when the stated purpose is not theirs. */
export function askerOf({ principal, purpose: stated }: StepOrder, at: Instant): Asker | undefined {
  const purpose = purposeFor(principal.role, stated);
  return purpose && { principal, purpose, at };
}

/** One name per principal, stable over tokens; ids of commands and events are derived from it. */
export const principalName = (principal: Principal): string =>
  isOfOrganisation(principal)
    ? `professional:${principal.professionalId}`
    : `${principal.role}:${principal.subject}`;

/** What every run of the decision runner takes from an order. */
export const runOf = (order: StepOrder, context: DecisionContext) => ({
  context,
  commandId: order.commandId,
  principal: principalName(order.principal),
  correlationId: order.correlationId,
  ...(order.expectedRevision != null && { expectedRevision: order.expectedRevision }),
});

/** The runner's outcome as the answer to an order. */
export function resultOf(
  aggregateId: string,
  outcome: DecisionOutcome,
  created: readonly CreatedId[],
): StepResult {
  if (outcome.kind === 'refused') return outcome;
  return {
    kind: 'accepted',
    aggregateId,
    revision: outcome.revision,
    position: outcome.position.commit,
    created,
    events: outcome.events.map(({ event }) => event),
  };
}
