import type { Mandate } from '@spil/domain';
import { policyEngine } from './policy-engine.js';
import {
  isCaseworker,
  isOfOrganisation,
  type OrganisationPrincipal,
  type Principal,
  type Role,
} from './principal.js';

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
  'FORGET_CLIENTS',
  'GIVE_SUBJECT_ACCESS',
] as const;
/** What one can want that is not about one case. `SEE_PROFESSIONALS` includes names and contact details. */
export type GeneralAction = (typeof generalActions)[number];

/** Whether this principal may do this at all. */
export const may = (principal: Principal, action: GeneralAction): boolean =>
  policyEngine().permits(principal.role, action, 'Spil');

/** Whether this principal may do this for an organisation of their own. */
export const mayForOrganisation = (
  principal: Principal,
  action: GeneralAction,
): principal is OrganisationPrincipal => isOfOrganisation(principal) && may(principal, action);

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
