import type { LocalIssuer, Principal } from '@spil/access';
import { pilotPlan } from './pilot/plan.js';
import type { PilotProfessional } from './pilot/steps.js';

/** How tokens of the embedded default name their issuer and audience. */
export const tokens = { issuer: 'https://issuer.spil.invalid', audience: 'spil' };

/** Seconds that a token of the embedded default holds. */
const tokenSeconds = 12 * 3600;

/** A ready-made token and whose it is. */
export interface Login {
  readonly role: Principal['role'];
  readonly who: string;
  readonly token: string;
}

/** The principal of a fictitious professional of the pilot. */
export const principalOf = (professional: PilotProfessional, mayImport: boolean): Principal => ({
  subject: professional.key,
  role: 'PROFESSIONAL',
  professionalId: professional.id,
  organisationId: professional.organisation.id,
  organisationKind: professional.kind,
  locationId: professional.location.id,
  mayImport,
});

/** A token per role, for trying out; the professionals are the pilot's. */
export async function readyMadeLogins(issuer: LocalIssuer): Promise<Login[]> {
  const { professionals } = pilotPlan();
  const raadslied = professionals.find(
    ({ kind, location }) => kind === 'SOCIAAL_RAADSLIEDEN' && location.code === 'UTRECHT',
  );
  const lawyer = professionals.find(
    ({ kind, location }) => kind === 'ADVOCATUUR' && location.code === 'UTRECHT',
  );
  if (raadslied === undefined || lawyer === undefined) throw new Error('the pilot has nobody at Utrecht');
  const principals: { who: string; principal: Principal }[] = [
    { who: `${lawyer.name}, social lawyer at Utrecht`, principal: principalOf(lawyer, false) },
    {
      who: `${raadslied.name}, coordinating sociaal raadslied at Utrecht`,
      principal: { ...principalOf(raadslied, false), role: 'COORDINATOR' } as Principal,
    },
    {
      who: `${raadslied.name}, privacy officer of the sociaal raadslieden`,
      principal: { ...principalOf(raadslied, false), role: 'PRIVACY_OFFICER' } as Principal,
    },
    { who: 'the national signalering board', principal: overseer('BOARD') },
    { who: 'an auditor', principal: overseer('AUDITOR') },
    { who: 'an administrator of reference data and policy', principal: overseer('ADMIN') },
  ];
  return Promise.all(
    principals.map(async ({ who, principal }) => ({
      role: principal.role,
      who,
      token: await issuer.issueToken(principal, tokenSeconds),
    })),
  );
}

const overseer = (role: 'BOARD' | 'AUDITOR' | 'ADMIN'): Principal => ({
  subject: role.toLowerCase(),
  role,
  mayImport: false,
});

/** Tokens under which the pilot is loaded: of the acting professional, or of an administrator, with the import mandate. */
export function importTokens(issuer: LocalIssuer): (sender: PilotProfessional | 'admin') => Promise<string> {
  const issued = new Map<string, Promise<string>>();
  return (sender) => {
    const key = sender === 'admin' ? sender : sender.id;
    let token = issued.get(key);
    if (token === undefined) {
      const principal: Principal =
        sender === 'admin'
          ? { subject: 'import', role: 'ADMIN', mayImport: true }
          : principalOf(sender, true);
      token = issuer.issueToken(principal, tokenSeconds);
      issued.set(key, token);
    }
    return token;
  };
}
