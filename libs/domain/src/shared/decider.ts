import type { Refusal } from './refusal.js';

/** What a decision yields: events to append (none when the command is already fulfilled), or a typed refusal. */
export type Decision<Event> = readonly Event[] | Refusal;

/**
 * A pure pair of functions that decides commands on the state folded from a stream.
 * `decide` returns refusals, it never throws them; `evolve` ignores no event of its own union (the compiler checks).
 */
export interface Decider<State, Command, Event> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State, context: DecisionContext) => Decision<Event>;
  readonly evolve: (state: State, event: Event) => State;
}

/** The inputs of a decision that are neither command nor state: who, under which mandate, and the two times. */
export interface DecisionContext {
  readonly actor: Actor;
  readonly mandate: Mandate;
  /** When the step happened, ISO 8601 in UTC. Periods and programme policy follow this time. */
  readonly occurredAt: Instant;
  /**
   * Nobody said when it happened, so that `occurredAt` is this machine's now. Machines disagree about now by up to two minutes,
   * and a step that follows another then happens at the time of that other.
   */
  readonly occursNow?: boolean;
  /** When it is recorded, ISO 8601 in UTC. Deadlines run from this time. */
  readonly recordedAt: Instant;
}

/** ISO 8601 in UTC with milliseconds, for example `2021-03-31T09:30:00.000Z`. */
export type Instant = string;

/** A calendar day in the Netherlands, `YYYY-MM-DD`. */
export type Day = string;

/** Under which authority a command runs. `IMPORT` may place facts more than 30 days back and starts no deadlines. */
export type Mandate = 'CASEWORK' | 'IMPORT' | 'ADMINISTRATION' | 'DATA_PROTECTION' | 'PROCESS';

/** Who acts. Ids only: an event never names a person. */
export type Actor = ProfessionalActor | SystemActor;

export interface ProfessionalActor {
  readonly kind: 'PROFESSIONAL';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
}

export interface SystemActor {
  readonly kind: 'SYSTEM';
  /** For example `import` or `deadlines`. */
  readonly process: string;
}

/** The kinds of organisation a person with a legal problem meets (R 1.2). */
export const organisationKinds = [
  'JURIDISCH_LOKET',
  'SOCIAAL_RAADSLIEDEN',
  'ADVOCATUUR',
  'MEDIATION',
  'OTHER',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];
