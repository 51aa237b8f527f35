import {
  consents,
  relations,
  standingsOfParty,
  wordOf,
  type Instant,
  type RegisteredCase,
  type Standing,
  type StandingWord,
} from '@spil/domain';
import { policyEngine, type PolicyEngine } from './policy-engine.js';
import { may } from './policy.js';
import { isOfOrganisation, type Principal, type Role } from './principal.js';
import type { Purpose } from './purpose.js';

export const caseActions = [
  'LIST_CASE',
  'SEE_CASE',
  'SEE_PERSONAL_DATA',
  'SEE_DOSSIER',
  'COLLECT_FOR_CLIENT',
  'SEE_HISTORY',
  'FORGET_CLIENT',
  'SEE_ACCESS_LOG',
  'ACT_ON_CASE',
  'ANSWER_OFFER',
  'LINK_BY_CODE',
  'RAISE_WALL',
  'LIFT_WALL',
  'TAKE_EMERGENCY_ACCESS',
  'REVIEW_EMERGENCY_ACCESS',
] as const;
/** What one can want of one case; the schema of the policy says what each means. */
export type CaseAction = (typeof caseActions)[number];

export const caseStatuses = [
  'OPEN',
  'CLOSED',
  'LINKED',
] as const satisfies readonly RegisteredCase['status'][];

/** What access to a case is decided on: how far it is, and everyone's standing to it. */
export interface CaseAccess {
  readonly status: RegisteredCase['status'];
  readonly standings: readonly Standing[];
}

/** Who asks, what for, and when. */
export interface Asker {
  readonly principal: Principal;
  readonly purpose: Purpose;
  readonly at: Instant;
}

/** Whether someone may do this with a case. A refusal must look as if the case did not exist. */
export function mayOnCase(
  { principal, purpose, at }: Asker,
  action: CaseAction,
  access: CaseAccess,
  engine: PolicyEngine = policyEngine(),
): boolean {
  const own = isOfOrganisation(principal) ? standingsOfParty(access.standings, principal, at) : [];
  const words = own.map((standing) => wordOf(standing, access.status));
  const inPerson = own.some(
    ({ relation, professionalId }) => relation === 'WALLED' && professionalId !== null,
  );
  const asked = { role: principal.role, purpose, action };
  return permitted({ ...asked, walled: isWalled(words), inPerson }, words, access.status, engine);
}

/**
 * The same for someone of whom the standings are known, as a list of the database gives them. A wall counts as one against the person:
 * words do not tell.
 */
export function mayWithStandings(
  asked: { readonly role: Role; readonly purpose: Purpose; readonly action: CaseAction },
  words: readonly StandingWord[],
  status: RegisteredCase['status'],
  engine: PolicyEngine = policyEngine(),
): boolean {
  const walled = isWalled(words);
  return permitted({ ...asked, walled, inPerson: walled }, words, status, engine);
}

const isWalled = (words: readonly StandingWord[]): boolean =>
  words.some((word) => word.startsWith('WALLED/'));

/** Everyone also stands as who has no standing at all. */
function permitted(
  asked: {
    readonly role: Role;
    readonly purpose: Purpose;
    readonly action: CaseAction;
    readonly walled: boolean;
    readonly inPerson: boolean;
  },
  words: readonly StandingWord[],
  status: RegisteredCase['status'],
  engine: PolicyEngine,
): boolean {
  const none = wordOf({ relation: 'NONE', consent: 'NOT_NEEDED' }, status);
  return [...words, none].some((word) => {
    const [relation = '', consent = '', at = ''] = word.split('/');
    return engine.permits(asked.role, asked.action, 'Case', {
      relation: { type: 'Relation', id: relation },
      consent: { type: 'Consent', id: consent },
      status: { type: 'Status', id: at },
      purpose: { type: 'Purpose', id: asked.purpose },
      walled: asked.walled,
      walledInPerson: asked.inPerson,
    });
  });
}

/** Which cases a list may hold, for the database to filter on. */
export interface ListScope {
  readonly organisationId: string;
  readonly locationId: string;
  readonly professionalId: string;
  /** A case is in the list when its reader has one of these standings, and no wall stands against the reader. */
  readonly words: readonly StandingWord[];
}

/**
 * The cases with which someone may do this, for lists; undefined when there is no list for them at all. The policy is asked about
 * every standing there can be, so that a change of its text changes lists as well.
 */
export function listScope(
  principal: Principal,
  purpose: Purpose,
  action: 'LIST_CASE' | 'REVIEW_EMERGENCY_ACCESS' = 'LIST_CASE',
): ListScope | undefined {
  if (!isOfOrganisation(principal) || !may(principal, 'LIST_CASES')) return undefined;
  const { role, organisationId, locationId, professionalId } = principal;
  return { organisationId, locationId, professionalId, words: listWords(role, purpose, action) };
}

const everyWord = caseStatuses.flatMap((status) =>
  relations
    .filter((relation) => relation !== 'NONE' && relation !== 'WALLED')
    .flatMap((relation) =>
      consents.map((consent) => ({ status, word: wordOf({ relation, consent }, status) })),
    ),
);

const scopes = new Map<string, readonly StandingWord[]>();

function listWords(role: Role, purpose: Purpose, action: CaseAction): readonly StandingWord[] {
  const question = `${role} ${purpose} ${action}`;
  const known = scopes.get(question);
  if (known) return known;
  const words = everyWord.flatMap(({ status, word }) =>
    mayWithStandings({ role, purpose, action }, [word], status) ? [word] : [],
  );
  scopes.set(question, words);
  return words;
}
