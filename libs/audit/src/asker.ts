import { createHash } from 'node:crypto';
import type { Principal, Role } from '@spil/access';

/** Who asked, as the logs keep it: ids only, never a name. */
export interface Asker {
  /** The account, which may hold a name where the identity provider put one, stands here as a digest; unique per organisation. */
  readonly account: string;
  readonly role: Role;
  readonly professionalId: string | null;
  readonly organisationId: string | null;
  readonly locationId: string | null;
}

export const askerOf = (principal: Principal): Asker => ({
  account: createHash('sha256')
    .update(JSON.stringify([principal.organisationId ?? null, principal.subject]))
    .digest('base64url'),
  role: principal.role,
  professionalId: principal.professionalId ?? null,
  organisationId: principal.organisationId ?? null,
  locationId: principal.locationId ?? null,
});
