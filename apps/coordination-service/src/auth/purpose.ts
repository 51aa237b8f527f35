import { purposeFor, purposes, type Purpose } from '@spil/access';
import type { Authentication } from '../api/request-context.js';
import { ApiError } from '../api/errors.js';

/** Name of the HTTP header that states a purpose; on a socket it is `purpose` of the connection parameters. */
export const purposeHeader = 'spil-purpose';

/** What someone asks for: as stated, or else the role's own purpose. Undefined when it is not theirs to state, or nobody is known. */
export function purposeOf(authentication: Authentication, stated: unknown): Purpose | undefined {
  if ('fault' in authentication) return undefined;
  const { role } = authentication.principal;
  if (stated === undefined) return purposeFor(role);
  const known = purposes.find((purpose) => purpose === stated);
  return known && purposeFor(role, known);
}

export const purposeRefused = (): ApiError =>
  new ApiError('PURPOSE_REFUSED', 'The purpose that you state is not one for which your role may ask.');
