import type { Party } from '../case/events.js';
import { actOf } from '../case/rules/acting.js';
import type { Decider, Decision, DecisionContext, Instant, OrganisationKind } from '../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../shared/refusal.js';
import type { Sealed } from '../shared/sealed.js';
import { isSameTime, timeOfStep } from '../shared/step-time.js';
import type {
  ProfessionalDeactivated,
  ProfessionalDetailsChanged,
  ProfessionalDetailsErased,
  ProfessionalErasureOrdered,
  ProfessionalEvent,
  ProfessionalMoved,
  ProfessionalReactivated,
  ProfessionalRegistered,
} from './events.js';

/** Adds a user (R 2.2). The handler checked that organisation and location exist, and of which kind it is. */
export interface RegisterProfessional {
  readonly type: 'RegisterProfessional';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
  readonly details: Sealed;
}

/** Moves a professional to another organisation or location; what was done before stays counted where it was done. */
export interface MoveProfessional {
  readonly type: 'MoveProfessional';
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
}

/** Replaces name and contact details; the whole new value is given. */
export interface ChangeProfessionalDetails {
  readonly type: 'ChangeProfessionalDetails';
  readonly professionalId: string;
  readonly details: Sealed;
}

/** Records that a professional left, or is absent for a while. */
export interface DeactivateProfessional {
  readonly type: 'DeactivateProfessional';
  readonly professionalId: string;
  readonly reason: ProfessionalDeactivated['reason'];
}

/** Records that a professional is back. */
export interface ReactivateProfessional {
  readonly type: 'ReactivateProfessional';
  readonly professionalId: string;
}

/** Orders that name and contact details of someone who left be destroyed. */
export interface OrderProfessionalErasure {
  readonly type: 'OrderProfessionalErasure';
  readonly professionalId: string;
}

/** Records that they were. */
export interface RecordProfessionalErasure {
  readonly type: 'RecordProfessionalErasure';
  readonly professionalId: string;
  /** Of the destroyed data key; null when there was none. */
  readonly keyId: string | null;
}

/** What can be asked of a professional. */
export type ProfessionalCommand =
  | RegisterProfessional
  | MoveProfessional
  | ChangeProfessionalDetails
  | DeactivateProfessional
  | ReactivateProfessional
  | OrderProfessionalErasure
  | RecordProfessionalErasure;

/** A professional, folded from `professional-<id>`. */
export type ProfessionalState = { readonly status: 'NOT_REGISTERED' } | RegisteredProfessional;

/** A professional who exists, at work or away. */
export type RegisteredProfessional = Professional &
  (
    | { readonly status: 'ACTIVE' }
    | {
        readonly status: 'INACTIVE';
        readonly reason: ProfessionalDeactivated['reason'];
        /** Of name and contact details, once that was ordered: nobody comes back to this stream. */
        readonly erasure: { readonly at: Instant; readonly erased: boolean } | null;
      }
  );

interface Professional {
  readonly party: Party;
  readonly registeredAt: Instant;
  /** When name and contact details last became what they are. */
  readonly detailsSince: Instant;
}

const decide = (
  command: ProfessionalCommand,
  state: ProfessionalState,
  context: DecisionContext,
): Decision<ProfessionalEvent> => {
  if (command.type === 'RegisterProfessional') return register(command, state, context);
  if (state.status === 'NOT_REGISTERED') return refuse('PROFESSIONAL_NOT_FOUND', { field: 'professionalId' });
  switch (command.type) {
    case 'MoveProfessional':
      return move(command, state, context);
    case 'ChangeProfessionalDetails':
      return changeDetails(command, state, context);
    case 'DeactivateProfessional':
      return deactivate(command, state, context);
    case 'ReactivateProfessional':
      return reactivate(command, state, context);
    case 'OrderProfessionalErasure':
      return orderErasure(command, state, context);
    case 'RecordProfessionalErasure':
      return recordErasure(command, state, context);
    default:
      return command satisfies never;
  }
};

const register = (
  command: RegisterProfessional,
  state: ProfessionalState,
  context: DecisionContext,
): Decision<ProfessionalRegistered> => {
  if (state.status !== 'NOT_REGISTERED') {
    return sameParty(state.party, command) && isSameTime(context, state.registeredAt)
      ? []
      : refuse('PROFESSIONAL_ALREADY_REGISTERED', { field: 'professionalId' });
  }
  const occurredAt = timeOfStep(context, null);
  if (isRefusal(occurredAt)) return occurredAt;
  const { professionalId, organisationId, organisationKind, locationId, details } = command;
  return [
    {
      type: 'ProfessionalRegistered',
      professionalId,
      organisationId,
      organisationKind,
      locationId,
      details,
      occurredAt,
    },
  ];
};

const move = (
  command: MoveProfessional,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalMoved> => {
  if (sameParty(state.party, command)) return [];
  if (state.status === 'INACTIVE') return notActive(state.reason);
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  const { professionalId, organisationId, organisationKind, locationId } = command;
  return [
    {
      type: 'ProfessionalMoved',
      professionalId,
      organisationId,
      organisationKind,
      locationId,
      occurredAt,
    },
  ];
};

const changeDetails = (
  { professionalId, details }: ChangeProfessionalDetails,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalDetailsChanged> => {
  if (isSameTime(context, state.detailsSince)) return [];
  if (isErased(state)) return erased();
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ProfessionalDetailsChanged', professionalId, details, occurredAt }];
};

/** Someone who is absent may turn out to have left; that is a step of its own. */
const deactivate = (
  { professionalId, reason }: DeactivateProfessional,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalDeactivated> => {
  if (state.status === 'INACTIVE' && state.reason === reason) return [];
  if (isErased(state)) return erased();
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ProfessionalDeactivated', professionalId, reason, occurredAt }];
};

const reactivate = (
  { professionalId }: ReactivateProfessional,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalReactivated> => {
  if (state.status === 'ACTIVE') return [];
  if (isErased(state)) return erased();
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ProfessionalReactivated', professionalId, occurredAt }];
};

/** The organisation that somebody left decides, through its privacy officer; to others there is no such professional. */
const orderErasure = (
  { professionalId }: OrderProfessionalErasure,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalErasureOrdered> => {
  if (context.mandate !== 'DATA_PROTECTION') return refuse('NOT_ALLOWED');
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  if (act.by.organisationId !== state.party.organisationId) {
    return refuse('PROFESSIONAL_NOT_FOUND', { field: 'professionalId' });
  }
  if (isErased(state)) return [];
  if (state.status === 'ACTIVE' || state.reason !== 'LEFT') {
    return refuse('PROFESSIONAL_NOT_LEFT', { rule: 'AVG art. 17', field: 'professionalId' });
  }
  return [{ type: 'ProfessionalErasureOrdered', professionalId, orderedBy: act.by, occurredAt: act.at }];
};

const recordErasure = (
  { professionalId, keyId }: RecordProfessionalErasure,
  state: RegisteredProfessional,
  context: DecisionContext,
): Decision<ProfessionalDetailsErased> => {
  if (state.status === 'ACTIVE' || state.erasure === null) {
    return refuse('ERASURE_NOT_FOUND', { field: 'professionalId' });
  }
  if (state.erasure.erased) return [];
  const occurredAt = timeOfStep(context, state.erasure.at);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ProfessionalDetailsErased', professionalId, keyId, occurredAt }];
};

const isErased = (state: RegisteredProfessional): boolean =>
  state.status === 'INACTIVE' && state.erasure !== null;

const erased = (): Refusal => refuse('PROFESSIONAL_ERASED', { rule: 'AVG art. 17', field: 'professionalId' });

const notActive = (reason: string): Refusal =>
  refuse('PROFESSIONAL_NOT_ACTIVE', { field: 'professionalId', facts: { reason } });

const sameParty = (one: Party, other: Party): boolean =>
  one.professionalId === other.professionalId &&
  one.organisationId === other.organisationId &&
  one.organisationKind === other.organisationKind &&
  one.locationId === other.locationId;

const evolve = (state: ProfessionalState, event: ProfessionalEvent): ProfessionalState => {
  if (event.type === 'ProfessionalRegistered') {
    return {
      status: 'ACTIVE',
      party: partyOf(event),
      registeredAt: event.occurredAt,
      detailsSince: event.occurredAt,
    };
  }
  if (state.status === 'NOT_REGISTERED') {
    throw new Error(`the history of professional ${event.professionalId} begins with ${event.type}`);
  }
  const { party, registeredAt, detailsSince } = state;
  switch (event.type) {
    case 'ProfessionalMoved':
      return { ...state, party: partyOf(event) };
    case 'ProfessionalDetailsChanged':
      return { ...state, detailsSince: event.occurredAt };
    case 'ProfessionalDeactivated':
      return { status: 'INACTIVE', reason: event.reason, erasure: null, party, registeredAt, detailsSince };
    case 'ProfessionalReactivated':
      return { status: 'ACTIVE', party, registeredAt, detailsSince };
    case 'ProfessionalErasureOrdered':
      return { ...leftBy(state, event), erasure: { at: event.occurredAt, erased: false } };
    case 'ProfessionalDetailsErased': {
      const left = leftBy(state, event);
      return { ...left, erasure: { at: left.erasure?.at ?? event.occurredAt, erased: true } };
    }
    default:
      event satisfies never;
      return state;
  }
};

const leftBy = (state: RegisteredProfessional, event: ProfessionalEvent) => {
  if (state.status === 'ACTIVE') throw new Error(`${event.type} of ${event.professionalId}, who is active`);
  return state;
};

const partyOf = ({ professionalId, organisationId, organisationKind, locationId }: Party): Party => ({
  professionalId,
  organisationId,
  organisationKind,
  locationId,
});

/** A professional: a user of the system, in the capacity in which he or she acts. */
export const professionalDecider: Decider<ProfessionalState, ProfessionalCommand, ProfessionalEvent> = {
  initialState: { status: 'NOT_REGISTERED' },
  decide,
  evolve,
};
