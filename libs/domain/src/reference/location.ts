import type { Decider, Decision, DecisionContext, Instant } from '../shared/decider.js';
import { isRefusal, refuse } from '../shared/refusal.js';
import { timeOfStep } from '../shared/step-time.js';
import type { LocationChanged, LocationEvent, LocationFacts, LocationRegistered } from './events.js';

/** Adds a place where help is given (R 1.2). */
export interface RegisterLocation {
  readonly type: 'RegisterLocation';
  readonly locationId: string;
  readonly facts: LocationFacts;
}

/** Replaces what is known of a location; the whole new value is given. */
export interface ChangeLocation {
  readonly type: 'ChangeLocation';
  readonly locationId: string;
  readonly facts: LocationFacts;
}

/** What can be asked of a location. */
export type LocationCommand = RegisterLocation | ChangeLocation;

/** A location, folded from `location-<id>`. */
export type LocationState =
  | { readonly status: 'NOT_REGISTERED' }
  | {
      readonly status: 'REGISTERED';
      readonly locationId: string;
      readonly facts: LocationFacts;
      readonly registeredAt: Instant;
    };

const decide = (
  command: LocationCommand,
  state: LocationState,
  context: DecisionContext,
): Decision<LocationEvent> => {
  switch (command.type) {
    case 'RegisterLocation':
      return register(command, state, context);
    case 'ChangeLocation':
      return change(command, state, context);
    default:
      return command satisfies never;
  }
};

const register = (
  { locationId, facts }: RegisterLocation,
  state: LocationState,
  context: DecisionContext,
): Decision<LocationRegistered> => {
  if (state.status === 'REGISTERED') {
    return sameLocation(state.facts, facts)
      ? []
      : refuse('LOCATION_ALREADY_REGISTERED', { field: 'locationId' });
  }
  const occurredAt = timeOfStep(context, null);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'LocationRegistered', locationId, facts, occurredAt }];
};

const change = (
  { locationId, facts }: ChangeLocation,
  state: LocationState,
  context: DecisionContext,
): Decision<LocationChanged> => {
  if (state.status === 'NOT_REGISTERED') return refuse('LOCATION_NOT_FOUND', { field: 'locationId' });
  if (sameLocation(state.facts, facts)) return [];
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'LocationChanged', locationId, facts, occurredAt }];
};

const sameLocation = (one: LocationFacts, other: LocationFacts): boolean =>
  one.name === other.name &&
  one.arrondissement === other.arrondissement &&
  one.municipalities.length === other.municipalities.length &&
  one.municipalities.every((municipality) => other.municipalities.includes(municipality));

const evolve = (state: LocationState, event: LocationEvent): LocationState => {
  switch (event.type) {
    case 'LocationRegistered':
      return {
        status: 'REGISTERED',
        locationId: event.locationId,
        facts: event.facts,
        registeredAt: event.occurredAt,
      };
    case 'LocationChanged':
      if (state.status === 'NOT_REGISTERED') {
        throw new Error(`the history of location ${event.locationId} begins with a change`);
      }
      return { ...state, facts: event.facts };
    default:
      event satisfies never;
      return state;
  }
};

/** A location: where help is given. */
export const locationDecider: Decider<LocationState, LocationCommand, LocationEvent> = {
  initialState: { status: 'NOT_REGISTERED' },
  decide,
  evolve,
};
