import { isCaseworker, type Principal } from './principal.js';
import { may } from './policy.js';

/**
 * Which cases a list may hold, for the database to filter on: those that the organisation registered at the location,
 * and those in which it takes part. The same rule as {@link relationTo}; a test keeps them equal.
 */
export interface CaseVisibility {
  readonly organisationId: string;
  readonly locationId: string;
}

/** The row filter of a principal's lists; undefined when the principal has no lists at all. */
export function caseVisibility(principal: Principal): CaseVisibility | undefined {
  if (!isCaseworker(principal) || !may(principal, 'LIST_CASES')) return undefined;
  return { organisationId: principal.organisationId, locationId: principal.locationId };
}
