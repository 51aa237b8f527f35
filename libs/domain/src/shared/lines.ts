import type { OrganisationKind } from './decider.js';

/** The first line helps everyone who asks: Juridisch Loket and sociaal raadslieden (R 1.2). */
export const isFirstLine = (kind: OrganisationKind): boolean =>
  kind === 'JURIDISCH_LOKET' || kind === 'SOCIAAL_RAADSLIEDEN';

/** The second line works on a toevoeging: sociaal advocatuur and mediators (R 1.2). */
export const isSecondLine = (kind: OrganisationKind): boolean =>
  kind === 'ADVOCATUUR' || kind === 'MEDIATION';
