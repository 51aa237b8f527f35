import { randomUUID } from 'node:crypto';
import type { CaseworkPrincipal, OversightPrincipal } from '@spil/access';
import type { RunningSpil } from './spil.js';

/** Registers reference data. */
export const admin: OversightPrincipal = { subject: 'bench-admin', role: 'ADMIN', mayImport: false };

/** Does the casework; fictitious. */
export const raadslied: CaseworkPrincipal = {
  subject: 'bench-raadslied',
  role: 'PROFESSIONAL',
  professionalId: 'bench-raadslied',
  organisationId: 'bench-raadslieden',
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'bench-utrecht',
  mayImport: false,
};

/** An accepted step. */
export interface Accepted {
  readonly id: string;
  readonly position: string;
}

/** Takes a step. @throws Error when it is refused */
export async function step(
  spil: RunningSpil,
  who: OversightPrincipal | CaseworkPrincipal,
  mutation: string,
  input: object,
): Promise<Accepted> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { step: answer } = await spil.ask<{ step: Partial<Accepted> & { readonly code?: string } }>(
    who,
    `mutation ($input: ${type}!) { step: ${mutation}(input: $input) { ... on StepAccepted { id position } ... on StepRefused { code } } }`,
    { input: { commandId: randomUUID(), ...input } },
  );
  const { id, position } = answer;
  if (id === undefined || position === undefined)
    throw new Error(`${mutation} was refused: ${String(answer.code)}`);
  return { id, position };
}

/** Sets up one place with one professional. */
export async function settle(spil: RunningSpil): Promise<void> {
  const { locationId, organisationId, organisationKind, professionalId } = raadslied;
  await step(spil, admin, 'registerLocation', {
    locationId,
    name: 'Utrecht',
    municipalities: ['GM0344'],
    arrondissement: 'MIDDEN-NEDERLAND',
  });
  await step(spil, admin, 'registerOrganisation', {
    ...{ organisationId, organisationKind },
    name: 'Raadslieden (fictief)',
  });
  await step(spil, admin, 'registerProfessional', {
    ...{ professionalId, organisationId, locationId },
    details: { name: 'Fictieve raadslied', phone: '030 000 00 00' },
  });
}

/** Opens a case, with personal data to seal. */
export const openCase = (spil: RunningSpil): Promise<Accepted> =>
  step(spil, raadslied, 'registerCase', {
    registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
    channel: 'PHONE',
    primaryArea: 'HUURRECHT',
    clientMunicipality: 'GM0344',
    client: { name: 'Ada Voorbeeld (fictief)', phone: '06 00000000' },
    clientQuestion: 'Mag de verhuurder dit?',
    signaleringRelevance: 'NO',
  });
