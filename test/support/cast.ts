import type { OrganisationKind } from '@spil/domain';
import type { OrganisationPrincipal, OversightPrincipal } from '@spil/access';
import { accepted } from './casework.js';
import type { RunningSpil } from './spil.js';

const organisations = {
  raadslieden: { id: 'raadslieden', kind: 'SOCIAAL_RAADSLIEDEN' },
  loket: { id: 'loket', kind: 'JURIDISCH_LOKET' },
  firm: { id: 'firm', kind: 'ADVOCATUUR' },
  otherFirm: { id: 'other-firm', kind: 'ADVOCATUUR' },
} as const satisfies Record<string, { id: string; kind: OrganisationKind }>;

const worksAt = <Role extends OrganisationPrincipal['role'] = 'PROFESSIONAL'>(
  professionalId: string,
  organisation: keyof typeof organisations,
  locationId: 'utrecht' | 'zwolle',
  role: Role = 'PROFESSIONAL' as Role,
) => ({
  subject: `account-${professionalId}`,
  role,
  professionalId,
  organisationId: organisations[organisation].id,
  organisationKind: organisations[organisation].kind,
  locationId,
  mayImport: false,
});

const overseer = (role: OversightPrincipal['role']): OversightPrincipal => ({
  subject: `account-${role.toLowerCase()}`,
  role,
  mayImport: false,
});

/** Everyone who plays a part in the whole-system tests. All of them are fictitious. */
export const cast = {
  /** A coordinating sociaal raadslied, and a colleague at the same desk. */
  raadslied: worksAt('raadslied-1', 'raadslieden', 'utrecht', 'COORDINATOR'),
  colleague: worksAt('raadslied-2', 'raadslieden', 'utrecht'),
  /** Of the same organisation, elsewhere. */
  raadsliedInZwolle: worksAt('raadslied-3', 'raadslieden', 'zwolle'),
  loket: worksAt('loket-1', 'loket', 'utrecht'),
  lawyer: worksAt('lawyer-1', 'firm', 'utrecht'),
  partner: worksAt('lawyer-2', 'firm', 'utrecht'),
  /** Guards the personal data of the raadslieden, and those of the lawyer's firm. */
  privacyOfficer: worksAt('privacy-1', 'raadslieden', 'utrecht', 'PRIVACY_OFFICER'),
  firmPrivacyOfficer: worksAt('privacy-2', 'firm', 'utrecht', 'PRIVACY_OFFICER'),
  strangeLawyer: worksAt('lawyer-3', 'otherFirm', 'zwolle'),
  board: overseer('BOARD'),
  auditor: overseer('AUDITOR'),
  admin: overseer('ADMIN'),
} as const;

/** An administrator sets up locations, organisations and professionals, through the API; resolves with the last position. */
export async function settle(spil: RunningSpil): Promise<string> {
  const { admin } = cast;
  for (const [locationId, name, municipality] of [
    ['utrecht', 'Utrecht', 'GM0344'],
    ['zwolle', 'Zwolle', 'GM0193'],
  ])
    await accepted(spil, admin, 'registerLocation', {
      locationId,
      name,
      municipalities: [municipality],
      arrondissement: 'MIDDEN-NEDERLAND',
    });
  for (const { id, kind } of Object.values(organisations))
    await accepted(spil, admin, 'registerOrganisation', {
      organisationId: id,
      name: `Organisatie ${id} (fictief)`,
      organisationKind: kind,
    });
  let position = '0';
  for (const person of Object.values(cast))
    if (person.professionalId !== undefined) {
      const { professionalId, organisationId, locationId } = person;
      const details = { name: `Fictieve ${professionalId}`, phone: '030 000 00 00' };
      ({ position } = await accepted(spil, admin, 'registerProfessional', {
        professionalId,
        organisationId,
        locationId,
        details,
      }));
    }
  return position;
}
