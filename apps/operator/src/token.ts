import type { Principal, Role } from '@spil/access';
import { principalOf } from '../../standalone/src/logins.js';
import { pilotPlan } from '../../standalone/src/pilot/plan.js';
import { exitCodes, UsageError, type Answer } from './answer.js';
import { issuerOf } from './issuer.js';
import type { Whereabouts } from './spil.js';

export interface TokenOptions extends Whereabouts {
  readonly role: Role;
  readonly professional?: string;
  readonly hours: number;
  readonly import?: true;
}

/** A token to try Spil out with. */
export async function token(options: TokenOptions): Promise<Answer> {
  const principal = principalFor(options);
  const issuer = await issuerOf(options);
  const text = await issuer.issueToken(principal, options.hours * 3_600);
  const { role, professionalId, organisationId, locationId, mayImport } = principal;
  return {
    exit: exitCodes.ok,
    json: { token: text, role, professionalId, organisationId, locationId, mayImport, hours: options.hours },
    text,
  };
}

function principalFor({ role, professional, import: asImport }: TokenOptions): Principal {
  const mayImport = asImport ?? false;
  if (role === 'BOARD' || role === 'AUDITOR' || role === 'ADMIN') {
    if (professional !== undefined) throw new UsageError(`${role} is nobody's: leave --professional out`);
    return { subject: role.toLowerCase(), role, mayImport };
  }
  const { professionals } = pilotPlan();
  const kind = role === 'COORDINATOR' || role === 'PRIVACY_OFFICER' ? 'SOCIAAL_RAADSLIEDEN' : 'ADVOCATUUR';
  const person =
    professional === undefined
      ? professionals.find((one) => one.kind === kind && one.location.code === 'UTRECHT')
      : professionals.find(({ id }) => id === professional);
  if (person === undefined)
    throw new UsageError(
      `the pilot has no professional ${professional ?? `for ${role}`}; the query professionals names those there are`,
    );
  return { ...principalOf(person, mayImport), role } as Principal;
}
