import type { Principal, PrivacyPrincipal } from './principal.js';

/**
 * Whether someone decides over the personal data of an organisation: over its own data in every case and over nothing of
 * others (AVG art. 24, 38).
 */
export const isPrivacyOfficer = (principal: Principal): principal is PrivacyPrincipal =>
  principal.role === 'PRIVACY_OFFICER';
