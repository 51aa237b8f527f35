import type { LocalIssuer, Principal } from '@spil/access';
import { pilotPlan } from './pilot/plan.js';
import type { PilotProfessional } from './pilot/steps.js';

/** For whom tokens of the embedded default are issued. */
export const audience = 'spil';

/** Seconds that a token of the embedded default holds. */
export const tokenSeconds = 12 * 3600;

/** Somebody fictitious, or an office, as whom one may try Spil out. */
export interface Player {
  readonly who: { readonly nl: string; readonly en: string };
  /** `subject` is the name of the account. */
  readonly principal: Principal;
}

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

/** Somebody for every role; the professionals are the pilot's. */
export function players(): Player[] {
  const { professionals } = pilotPlan();
  const atUtrecht = (kind: PilotProfessional['kind']): PilotProfessional => {
    const found = professionals.find((one) => one.kind === kind && one.location.code === 'UTRECHT');
    if (found === undefined) throw new Error(`the pilot has nobody of ${kind} at Utrecht`);
    return found;
  };
  const raadslied = atUtrecht('SOCIAAL_RAADSLIEDEN');
  const loket = atUtrecht('JURIDISCH_LOKET');
  const lawyer = atUtrecht('ADVOCATUUR');
  return [
    {
      who: {
        nl: `${lawyer.name}, sociaal advocaat te Utrecht`,
        en: `${lawyer.name}, social lawyer at Utrecht`,
      },
      principal: principalOf(lawyer, false),
    },
    {
      who: {
        nl: `${loket.name}, Juridisch Loket te Utrecht`,
        en: `${loket.name}, Juridisch Loket at Utrecht`,
      },
      principal: principalOf(loket, false),
    },
    {
      who: {
        nl: `${raadslied.name}, coördinerend sociaal raadslied te Utrecht`,
        en: `${raadslied.name}, coordinating sociaal raadslied at Utrecht`,
      },
      principal: inAnotherRole(raadslied, 'COORDINATOR'),
    },
    {
      who: {
        nl: `${raadslied.name}, privacyfunctionaris van de sociaal raadslieden`,
        en: `${raadslied.name}, privacy officer of the sociaal raadslieden`,
      },
      principal: inAnotherRole(raadslied, 'PRIVACY_OFFICER'),
    },
    {
      who: { nl: 'de landelijke signaleringsraad', en: 'the national signalering board' },
      principal: overseer('BOARD'),
    },
    { who: { nl: 'een auditor', en: 'an auditor' }, principal: overseer('AUDITOR') },
    {
      who: {
        nl: 'een beheerder van stamgegevens en beleid',
        en: 'an administrator of reference data and policy',
      },
      principal: overseer('ADMIN'),
    },
  ];
}

/** One person may have several accounts, each with a role of its own. */
const inAnotherRole = (
  professional: PilotProfessional,
  role: 'COORDINATOR' | 'PRIVACY_OFFICER',
): Principal => {
  const { subject, ...rest } = principalOf(professional, false);
  return { ...rest, role, subject: `${subject}-${role.toLowerCase()}` } as Principal;
};

/** A token per role, for trying out. */
export function readyMadeLogins(issuer: LocalIssuer): Promise<Login[]> {
  const firstOfRole = players().filter(
    ({ principal }, index, all) => all.findIndex((one) => one.principal.role === principal.role) === index,
  );
  return Promise.all(
    firstOfRole.map(async ({ who, principal }) => ({
      role: principal.role,
      who: who.en,
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
