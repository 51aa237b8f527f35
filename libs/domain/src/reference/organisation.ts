import type { Decider, Decision, DecisionContext, Instant, OrganisationKind } from '../shared/decider.js';
import { isRefusal, refuse } from '../shared/refusal.js';
import { timeOfStep } from '../shared/step-time.js';
import { defaultRetention, longestRetentionYears, type RetentionTerm } from '../erasure/retention.js';
import type {
  OrganisationEvent,
  OrganisationRegistered,
  OrganisationRenamed,
  RetentionTermSet,
} from './events.js';

/** Adds an organisation; its kind never changes, since figures count by it. */
export interface RegisterOrganisation {
  readonly type: 'RegisterOrganisation';
  readonly organisationId: string;
  readonly name: string;
  readonly organisationKind: OrganisationKind;
}

/** Gives an organisation another name. */
export interface RenameOrganisation {
  readonly type: 'RenameOrganisation';
  readonly organisationId: string;
  readonly name: string;
}

/** Says for how long an organisation keeps the personal data of a closed case. */
export interface SetRetentionTerm {
  readonly type: 'SetRetentionTerm';
  readonly organisationId: string;
  readonly term: RetentionTerm;
}

/** What can be asked of an organisation. */
export type OrganisationCommand = RegisterOrganisation | RenameOrganisation | SetRetentionTerm;

/** An organisation, folded from `organisation-<id>`. */
export type OrganisationState =
  | { readonly status: 'NOT_REGISTERED' }
  | {
      readonly status: 'REGISTERED';
      readonly organisationId: string;
      readonly name: string;
      readonly organisationKind: OrganisationKind;
      readonly registeredAt: Instant;
      /** Its own, or what holds for its kind. */
      readonly retention: RetentionTerm;
    };

const decide = (
  command: OrganisationCommand,
  state: OrganisationState,
  context: DecisionContext,
): Decision<OrganisationEvent> => {
  switch (command.type) {
    case 'RegisterOrganisation':
      return register(command, state, context);
    case 'RenameOrganisation':
      return rename(command, state, context);
    case 'SetRetentionTerm':
      return setRetention(command, state, context);
    default:
      return command satisfies never;
  }
};

const register = (
  { organisationId, name, organisationKind }: RegisterOrganisation,
  state: OrganisationState,
  context: DecisionContext,
): Decision<OrganisationRegistered> => {
  if (state.status === 'REGISTERED') {
    return state.name === name && state.organisationKind === organisationKind
      ? []
      : refuse('ORGANISATION_ALREADY_REGISTERED', { field: 'organisationId' });
  }
  const occurredAt = timeOfStep(context, null);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'OrganisationRegistered', organisationId, name, organisationKind, occurredAt }];
};

const rename = (
  { organisationId, name }: RenameOrganisation,
  state: OrganisationState,
  context: DecisionContext,
): Decision<OrganisationRenamed> => {
  if (state.status === 'NOT_REGISTERED') return refuse('ORGANISATION_NOT_FOUND', { field: 'organisationId' });
  if (state.name === name) return [];
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'OrganisationRenamed', organisationId, name, occurredAt }];
};

const setRetention = (
  { organisationId, term }: SetRetentionTerm,
  state: OrganisationState,
  context: DecisionContext,
): Decision<RetentionTermSet> => {
  if (state.status === 'NOT_REGISTERED') return refuse('ORGANISATION_NOT_FOUND', { field: 'organisationId' });
  if (!Number.isInteger(term.years) || term.years < 0 || term.years > longestRetentionYears) {
    return refuse('RETENTION_TERM_OUT_OF_RANGE', { field: 'years', facts: { longestRetentionYears } });
  }
  if (state.retention.years === term.years && state.retention.duty === term.duty) return [];
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'RetentionTermSet', organisationId, term, occurredAt }];
};

const evolve = (state: OrganisationState, event: OrganisationEvent): OrganisationState => {
  switch (event.type) {
    case 'OrganisationRegistered':
      return {
        status: 'REGISTERED',
        organisationId: event.organisationId,
        name: event.name,
        organisationKind: event.organisationKind,
        registeredAt: event.occurredAt,
        retention: defaultRetention[event.organisationKind],
      };
    case 'OrganisationRenamed':
      if (state.status === 'NOT_REGISTERED') {
        throw new Error(`the history of organisation ${event.organisationId} begins with a new name`);
      }
      return { ...state, name: event.name };
    case 'RetentionTermSet':
      if (state.status === 'NOT_REGISTERED') {
        throw new Error(`the history of organisation ${event.organisationId} begins with a retention term`);
      }
      return { ...state, retention: event.term };
    default:
      event satisfies never;
      return state;
  }
};

/** An organisation that helps people with a legal problem. */
export const organisationDecider: Decider<OrganisationState, OrganisationCommand, OrganisationEvent> = {
  initialState: { status: 'NOT_REGISTERED' },
  decide,
  evolve,
};
