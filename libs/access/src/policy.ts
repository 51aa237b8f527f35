import type { Mandate } from '@spil/domain';
import { isCaseworker, type Principal, type Role } from './principal.js';

/** What access is decided on, of one case: who registered it where, and which organisations take part in it. */
export interface CaseAccess {
  readonly organisationId: string;
  readonly locationId: string;
  /** Organisations that registered, coordinate, were reached, or received a referral or handover. */
  readonly participants: readonly string[];
}

/**
 * How someone stands to a case. `OWNER`: own organisation registered it at own location. `PARTICIPANT`: own
 * organisation takes part, wherever the case lies.
 */
export type Relation = 'OWNER' | 'PARTICIPANT' | 'NONE';

/** How this principal stands to a case; a privacy officer as the organisation does, and overseers to none. */
export function relationTo(principal: Principal, access: CaseAccess): Relation {
  if (principal.role === 'PRIVACY_OFFICER')
    return access.organisationId === principal.organisationId ? 'OWNER' : 'NONE';
  if (!isCaseworker(principal)) return 'NONE';
  if (access.organisationId === principal.organisationId && access.locationId === principal.locationId)
    return 'OWNER';
  return access.participants.includes(principal.organisationId) ? 'PARTICIPANT' : 'NONE';
}

export const caseActions = [
  'SEE_CASE',
  'SEE_PERSONAL_DATA',
  'SEE_HISTORY',
  'SEE_ACCESS_LOG',
  'ACT_ON_CASE',
  'LINK_BY_CODE',
] as const;
/** What one can want of one case. `LINK_BY_CODE` joins a case by its registration code and shows nothing of it. */
export type CaseAction = (typeof caseActions)[number];

export const generalActions = [
  'REGISTER_CASE',
  'LIST_CASES',
  'SEE_FIGURES',
  'SEE_REFERENCE_DATA',
  'SEE_PROFESSIONALS',
  'CHANGE_REFERENCE_DATA',
  'CHANGE_POLICY',
  'SEE_REFUSALS',
  'SEE_ACCESS_REVIEWS',
  'REVIEW_ACCESS_LOG',
] as const;
/** What one can want that is not about one case. `SEE_PROFESSIONALS` includes names and contact details. */
export type GeneralAction = (typeof generalActions)[number];

type CaseRights = Readonly<Record<Relation, readonly CaseAction[]>>;

const nothing: CaseRights = { OWNER: [], PARTICIPANT: [], NONE: [] };
const casework: CaseRights = {
  OWNER: ['SEE_CASE', 'SEE_PERSONAL_DATA', 'SEE_HISTORY', 'ACT_ON_CASE', 'LINK_BY_CODE'],
  PARTICIPANT: ['SEE_CASE', 'SEE_PERSONAL_DATA', 'SEE_HISTORY', 'ACT_ON_CASE', 'LINK_BY_CODE'],
  NONE: ['LINK_BY_CODE'],
};
const audit: CaseRights = { ...nothing, NONE: ['SEE_HISTORY', 'SEE_ACCESS_LOG'] };
const privacy: CaseRights = { ...nothing, OWNER: ['SEE_ACCESS_LOG'] };

const caseRights: Readonly<Record<Role, CaseRights>> = {
  PROFESSIONAL: casework,
  COORDINATOR: casework,
  PRIVACY_OFFICER: privacy,
  BOARD: nothing,
  AUDITOR: audit,
  ADMIN: nothing,
};

const caseworkInGeneral: readonly GeneralAction[] = [
  'REGISTER_CASE',
  'LIST_CASES',
  'SEE_FIGURES',
  'SEE_REFERENCE_DATA',
  'SEE_PROFESSIONALS',
];

const generalRights: Readonly<Record<Role, readonly GeneralAction[]>> = {
  PROFESSIONAL: caseworkInGeneral,
  COORDINATOR: caseworkInGeneral,
  PRIVACY_OFFICER: ['SEE_REFERENCE_DATA', 'SEE_PROFESSIONALS', 'SEE_ACCESS_REVIEWS', 'REVIEW_ACCESS_LOG'],
  BOARD: ['SEE_FIGURES', 'SEE_REFERENCE_DATA'],
  AUDITOR: ['SEE_FIGURES', 'SEE_REFERENCE_DATA', 'SEE_REFUSALS', 'SEE_ACCESS_REVIEWS'],
  ADMIN: ['SEE_REFERENCE_DATA', 'SEE_PROFESSIONALS', 'CHANGE_REFERENCE_DATA', 'CHANGE_POLICY'],
};

/** Whether this principal may do this with this case. A refusal must look as if the case did not exist. */
export const mayOnCase = (principal: Principal, action: CaseAction, access: CaseAccess): boolean =>
  caseRights[principal.role][relationTo(principal, access)].includes(action);

/** Whether this principal may do this at all. */
export const may = (principal: Principal, action: GeneralAction): boolean =>
  generalRights[principal.role].includes(action);

const ownMandate: Readonly<Record<Role, Mandate | undefined>> = {
  PROFESSIONAL: 'CASEWORK',
  COORDINATOR: 'CASEWORK',
  PRIVACY_OFFICER: 'DATA_PROTECTION',
  BOARD: undefined,
  AUDITOR: undefined,
  ADMIN: 'ADMINISTRATION',
};

/**
 * The mandate under which a principal's command runs; undefined when the one asked for is not theirs. Without a wish it
 * is the role's own: casework, or administration for an administrator.
 */
export function mandateFor(principal: Principal, wish?: Mandate): Mandate | undefined {
  const own = ownMandate[principal.role];
  if (own === undefined) return undefined;
  if (wish === undefined || wish === own) return own;
  return wish === 'IMPORT' && principal.mayImport ? 'IMPORT' : undefined;
}

/** Of which location someone may see figures: professionals of their own, the board and auditors of all. */
export type FigureScope =
  { readonly kind: 'ALL' } | { readonly kind: 'LOCATION'; readonly locationId: string };

/** Undefined when the principal sees no figures. */
export function figureScope(principal: Principal): FigureScope | undefined {
  if (!may(principal, 'SEE_FIGURES')) return undefined;
  return isCaseworker(principal) ? { kind: 'LOCATION', locationId: principal.locationId } : { kind: 'ALL' };
}
