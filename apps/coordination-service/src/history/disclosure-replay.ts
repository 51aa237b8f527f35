import {
  caseActions,
  isOfOrganisation,
  mayOnCase,
  purposeFor,
  purposes,
  type CaseAction,
  type PolicyEngine,
  type Principal,
  type Role,
} from '@spil/access';
import { accessOf } from '@spil/commands';
import {
  organisationKinds,
  standingsOf,
  standingsOfParty,
  type CaseEvent,
  type Instant,
  type Party,
  type RegisteredCase,
} from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';

/** What someone might have done with a case at a moment. */
export interface DisclosureRight {
  readonly role: Role;
  /** Null: anyone of this role there who is not named. */
  readonly professionalId: string | null;
  /** Null: of any organisation that is not named, or of none for a role above all organisations; beside a professional, of any. */
  readonly organisationId: string | null;
  /** Null: anywhere but at the locations that are named. */
  readonly locationId: string | null;
  /** None where a wall keeps someone from what anyone of this role could do. */
  readonly actions: readonly CaseAction[];
}

/** Stands for a colleague, a location or an organisation that no event names. */
const someoneElse = 'someone-else';
const elsewhere = 'elsewhere';

/** Whoever works on cases, as a professional or as the local coordinator. */
const workers = ['PROFESSIONAL', 'COORDINATOR'] as const;

/**
 * Who could do what with a case as its history stood: everyone whom the history names, their colleagues at the same desk and
 * elsewhere, their organisations' privacy officers, those above all organisations, and of each role anyone who has no part in it.
 * Decided by one policy text, as a rule the one of that moment.
 */
export function disclosureRights(
  history: readonly RecordedEvent<CaseEvent>[],
  state: RegisteredCase,
  on: Instant,
  engine: PolicyEngine,
): DisclosureRight[] {
  const rights = askersOf(history, state).map(({ principal, ...place }) => ({
    ...place,
    role: principal.role,
    actions: caseActions.filter((action) => couldDo({ principal, action, state, on, engine })),
  }));
  const ofAnyone = new Set(
    rights.flatMap(({ role, professionalId, organisationId, actions }) =>
      professionalId === null && organisationId === null && actions.length > 0 ? [role] : [],
    ),
  );
  return rights.filter(({ role, actions }) => actions.length > 0 || ofAnyone.has(role));
}

/**
 * The one question to the policy: whether any purpose that the role may state allows it. It allows erasing whatever one's organisation
 * holds, in any case; where nothing is held that comes to nothing, so it is no right there.
 */
const couldDo = ({ principal, action, state, on, engine }: Question): boolean =>
  purposes.some(
    (purpose) =>
      purposeFor(principal.role, purpose) !== undefined &&
      mayOnCase({ principal, purpose, at: on }, action, accessOf(state), engine),
  ) &&
  (action !== 'FORGET_CLIENT' || holdsData(principal, state, on));

const holdsData = (principal: Principal, state: RegisteredCase, on: Instant): boolean =>
  isOfOrganisation(principal) &&
  standingsOfParty(standingsOf(state), principal, on).some(({ relation }) => relation === 'CONTROLLER');

interface Question {
  readonly principal: Principal;
  readonly action: CaseAction;
  readonly state: RegisteredCase;
  readonly on: Instant;
  readonly engine: PolicyEngine;
}

interface Someone extends Pick<DisclosureRight, 'professionalId' | 'organisationId' | 'locationId'> {
  readonly principal: Principal;
}

function askersOf(history: readonly RecordedEvent<CaseEvent>[], state: RegisteredCase): Someone[] {
  const found = new Map<string, Someone>();
  const add = (role: (typeof workers)[number] | 'PRIVACY_OFFICER', party: Party): void => {
    const { professionalId, organisationId, organisationKind, locationId } = party;
    found.set([role, organisationId, locationId, professionalId].join(' '), {
      professionalId: professionalId === someoneElse ? null : professionalId,
      organisationId: organisationId === someoneElse ? null : organisationId,
      locationId: locationId === elsewhere ? null : locationId,
      principal: {
        subject: professionalId,
        role,
        professionalId,
        organisationId,
        organisationKind,
        locationId,
        mayImport: false,
      },
    });
  };
  for (const party of [...partiesIn(history), anyone]) {
    for (const role of workers) {
      add(role, party);
      add(role, { ...party, professionalId: someoneElse });
      add(role, { ...party, professionalId: someoneElse, locationId: elsewhere });
    }
    add('PRIVACY_OFFICER', { ...party, professionalId: someoneElse, locationId: elsewhere });
  }
  for (const { against, lifted } of Object.values(state.walls))
    if (lifted === null) for (const role of workers) add(role, { ...anyone, ...against });
  const nowhere = { professionalId: null, organisationId: null, locationId: null };
  for (const role of ['BOARD', 'AUDITOR', 'ADMIN'] as const)
    found.set(role, { ...nowhere, principal: { subject: someoneElse, role, mayImport: false } });
  return [...found.values()];
}

/** Someone with no part in the case. Nothing is decided on the kind of an organisation. */
const anyone: Party = {
  professionalId: someoneElse,
  organisationId: someoneElse,
  organisationKind: 'OTHER',
  locationId: elsewhere,
};

/** Everyone whom events or their metadata name; who is named without a location or by organisation only, is so anywhere. */
function partiesIn(history: readonly RecordedEvent<CaseEvent>[]): Party[] {
  const found: Party[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { organisationId, organisationKind, professionalId, locationId } = value as Readonly<
      Record<string, unknown>
    >;
    const kind = organisationKinds.find((known) => known === organisationKind);
    if (typeof organisationId === 'string' && kind !== undefined)
      found.push({
        organisationId,
        organisationKind: kind,
        professionalId: typeof professionalId === 'string' ? professionalId : someoneElse,
        locationId: typeof locationId === 'string' ? locationId : elsewhere,
      });
    for (const below of Object.values(value)) walk(below);
  };
  for (const { event, metadata } of history) {
    walk(event);
    walk(metadata.actor);
  }
  return found;
}
