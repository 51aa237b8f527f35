import type { JSONWebKeySet } from 'jose';
import { roles, type ClaimName, type ClaimNames, type Role } from './principal.js';

/** Someone whose signed tokens say who asks: an identity provider, and for whom it may speak. */
export interface TokenIssuer {
  /** The claim `iss` of its tokens. */
  readonly issuer: string;
  /** The claim `aud` that its tokens for us carry. */
  readonly audience: string;
  /** Its public keys, or where it says where they are (OpenID Connect Discovery 1.0). */
  readonly keys: JSONWebKeySet | Discovery;
  /** The organisations whose staff it knows; `*` for all there are. */
  readonly organisations: '*' | readonly string[];
  readonly roles: readonly Role[];
  /** Names of its claims where they are not ours. */
  readonly claims?: ClaimNames;
}

/** Where a discovery document is read. */
export interface Discovery {
  readonly discoveryUrl: string;
}

/** Roles of people of one organisation: what an issuer vouches for unless it is trusted with more. */
export const staffRoles = ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER'] as const satisfies Role[];

const isStaffRole = (role: Role): boolean => staffRoles.some((staff) => staff === role);

/** The only issuer there is: trusted with every organisation and every role. */
export const soleIssuer = (issuer: Pick<TokenIssuer, 'issuer' | 'audience' | 'keys'>): TokenIssuer => ({
  ...issuer,
  organisations: '*',
  roles,
});

/** The address of the discovery document that an issuer has unless somebody names another one. */
export const discoveryUrlOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** What is wrong with the discovery address of an issuer that nobody named another one for; undefined when nothing is. */
export function discoveryProblem(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return 'must be a URL, for its keys are found below it';
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined;
  return 'must be an https:// URL: keys that come unprotected are nobody’s';
}

/** Whether a host name of a URL is this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(hostname);

/** An issuer as a file describes it: keys still to be read when it names a file. */
export type DescribedIssuer = Omit<TokenIssuer, 'keys'> & {
  readonly keys: Discovery | { readonly jwksFile: string };
};

/**
 * Reads a list of issuers, and what is wrong with it, a line each. No organisation and no oversight role may have two issuers: an
 * account is known by the issuer's own name for it, which another issuer may use for someone else.
 */
export function describeIssuers(list: unknown): {
  readonly issuers: readonly DescribedIssuer[];
  readonly problems: readonly string[];
} {
  if (!Array.isArray(list) || list.length === 0)
    return { issuers: [], problems: ['holds no list of issuers'] };
  const problems: string[] = [];
  const issuers = list.map((entry: unknown, index) =>
    describeIssuer(entry, (what) => problems.push(`issuer ${index + 1} ${what}`)),
  );
  if (problems.length === 0) problems.push(...overlaps(issuers));
  return { issuers, problems };
}

const known = ['issuer', 'audience', 'discoveryUrl', 'jwksFile', 'organisations', 'roles', 'claims'];
const claimNames: readonly ClaimName[] = [
  'sub',
  'role',
  'professional_id',
  'organisation_id',
  'organisation_kind',
  'location_id',
  'may_import',
];

function describeIssuer(entry: unknown, problem: (what: string) => void): DescribedIssuer {
  const given: Record<string, unknown> = isObject(entry) ? entry : {};
  if (!isObject(entry)) problem('is no object');
  for (const name of Object.keys(given))
    if (!known.includes(name)) problem(`has "${name}", which means nothing; is it misspelt?`);
  const text = (name: 'issuer' | 'audience'): string => {
    const value = given[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    problem(`must have a text in "${name}"`);
    return '';
  };
  const vouched = rolesIn(given.roles, problem);
  const issuer = text('issuer');
  return {
    issuer,
    audience: text('audience'),
    keys: keysIn(given, issuer, problem),
    organisations: organisationsIn(given.organisations, vouched, problem),
    roles: vouched,
    claims: claimsIn(given.claims, problem),
  };
}

function keysIn(
  { jwksFile, discoveryUrl }: Record<string, unknown>,
  issuer: string,
  problem: (what: string) => void,
): DescribedIssuer['keys'] {
  if (jwksFile !== undefined && discoveryUrl !== undefined)
    problem('has both "jwksFile" and "discoveryUrl"; one of them says where the keys are');
  if (jwksFile !== undefined) {
    if (typeof jwksFile === 'string' && jwksFile !== '') return { jwksFile };
    problem('must have the name of a file in "jwksFile"');
    return { jwksFile: '' };
  }
  if (discoveryUrl !== undefined) {
    if (isHttpUrl(discoveryUrl)) return { discoveryUrl };
    problem('must have a URL in "discoveryUrl" that starts with https:// or, inside one network, http://');
    return { discoveryUrl: '' };
  }
  const wrong = issuer === '' ? undefined : discoveryProblem(issuer);
  if (wrong !== undefined) problem(`names in "issuer" what ${wrong}; or give "discoveryUrl" or "jwksFile"`);
  return { discoveryUrl: discoveryUrlOf(issuer) };
}

function rolesIn(value: unknown, problem: (what: string) => void): readonly Role[] {
  if (value === undefined) return staffRoles;
  const named = Array.isArray(value) ? value.map((one) => roles.find((role) => role === one)) : [];
  const found = named.filter((role) => role !== undefined);
  if (found.length === 0 || found.length < named.length)
    problem(`must have in "roles" a list of some of ${roles.join(', ')}`);
  return found;
}

function organisationsIn(
  value: unknown,
  vouched: readonly Role[],
  problem: (what: string) => void,
): TokenIssuer['organisations'] {
  if (!vouched.some(isStaffRole)) {
    if (value !== undefined)
      problem('vouches for nobody’s staff, so "organisations" means nothing; leave it out');
    return [];
  }
  if (value === '*') return value;
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string' && id !== '') : [];
  if (!Array.isArray(value) || ids.length === 0 || ids.length < value.length)
    problem('must have in "organisations" a list of ids, or "*" for all');
  return ids as string[];
}

function claimsIn(value: unknown, problem: (what: string) => void): ClaimNames {
  if (value === undefined) return {};
  const entries = isObject(value) ? Object.entries(value) : [];
  if (!isObject(value))
    problem('must have in "claims" the provider’s name of each claim that it calls otherwise');
  return Object.fromEntries(
    entries.flatMap(([ours, theirs]) => {
      const name = claimNames.find((one) => one === ours);
      if (name !== undefined && typeof theirs === 'string' && theirs !== '') return [[name, theirs]];
      problem(`has in "claims" no name for one of ${claimNames.join(', ')}`);
      return [];
    }),
  );
}

function overlaps(issuers: readonly DescribedIssuer[]): string[] {
  const problems: string[] = [];
  const taken = new Map<string, number>();
  const claim = (what: string, index: number): void => {
    const before = taken.get(what);
    if (before !== undefined)
      problems.push(`issuers ${before + 1} and ${index + 1} both vouch for ${what}; one must do`);
    else taken.set(what, index);
  };
  const forStaff = issuers.filter(({ roles: vouched }) => vouched.some(isStaffRole));
  if (forStaff.length > 1 && forStaff.some(({ organisations }) => organisations === '*'))
    problems.push('one issuer vouches for all organisations ("*"), so no other may vouch for any');
  issuers.forEach(({ issuer, organisations, roles: vouched }, index) => {
    if (issuers.findIndex((other) => other.issuer === issuer) < index)
      problems.push(`issuer ${index + 1} has the name of an earlier one`);
    for (const id of organisations === '*' ? [] : organisations) claim(`organisation ${id}`, index);
    for (const role of vouched.filter((one) => !isStaffRole(one))) claim(`role ${role}`, index);
  });
  return problems;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHttpUrl = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
