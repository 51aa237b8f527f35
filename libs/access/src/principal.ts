import {
  isReferenceId,
  organisationKinds,
  type OrganisationKind,
  type Party,
  type ProfessionalActor,
} from '@spil/domain';

export const roles = ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER', 'BOARD', 'AUDITOR', 'ADMIN'] as const;
/**
 * In which capacity someone uses Spil. `COORDINATOR` is the local coordinator of an organisation at a location.
 * `PRIVACY_OFFICER` guards the personal data for which an organisation is responsible.
 */
export type Role = (typeof roles)[number];

/** Who asks, as a verified token says. */
export type Principal = OrganisationPrincipal | OversightPrincipal;

/** Someone of one organisation, who acts for it: works on its cases, or guards the personal data that it holds. */
export type OrganisationPrincipal = CaseworkPrincipal | PrivacyPrincipal;

/** Someone of one organisation, with a seat at one location: always a person. */
interface StaffPrincipal {
  /** The issuer's name for the account; unique per issuer, never shown. */
  readonly subject: string;
  readonly professionalId: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly locationId: string;
  /** May record facts more than 30 days back, under the import mandate. */
  readonly mayImport: boolean;
}

/** Someone who works on cases. */
export interface CaseworkPrincipal extends StaffPrincipal {
  readonly role: 'PROFESSIONAL' | 'COORDINATOR';
}

/** Someone who guards the personal data of an organisation; works on no cases. */
export interface PrivacyPrincipal extends StaffPrincipal {
  readonly role: 'PRIVACY_OFFICER';
}

/** Someone who governs, audits or administers; has no cases. */
export interface OversightPrincipal {
  readonly subject: string;
  readonly role: 'BOARD' | 'AUDITOR' | 'ADMIN';
  readonly professionalId?: undefined;
  readonly organisationId?: undefined;
  readonly organisationKind?: undefined;
  readonly locationId?: undefined;
  readonly mayImport: boolean;
}

/** Tells people who work on cases from people who oversee them. */
export const isCaseworker = (principal: Principal): principal is CaseworkPrincipal =>
  principal.role === 'PROFESSIONAL' || principal.role === 'COORDINATOR';

/** Tells people of one organisation from those who stand above all of them. */
export const isOfOrganisation = (principal: Principal): principal is OrganisationPrincipal =>
  isCaseworker(principal) || principal.role === 'PRIVACY_OFFICER';

/** Whether someone works where the token says, by reference data: what a token says beside it, like a kind, is nothing to go by. */
export const worksAsTokenSays = (
  { professionalId, organisationId, organisationKind, locationId }: OrganisationPrincipal,
  registered: Party,
): boolean =>
  professionalId === registered.professionalId &&
  organisationId === registered.organisationId &&
  organisationKind === registered.organisationKind &&
  locationId === registered.locationId;

/** The actor that events of this principal name: ids only, never a name. */
export const actorOf = (principal: OrganisationPrincipal): ProfessionalActor => ({
  kind: 'PROFESSIONAL',
  professionalId: principal.professionalId,
  organisationId: principal.organisationId,
  organisationKind: principal.organisationKind,
  locationId: principal.locationId,
});

/** What a token says of its bearer, as the issuer writes it. */
export interface PrincipalClaims {
  readonly sub: string;
  readonly role: Role;
  readonly professional_id?: string;
  readonly organisation_id?: string;
  readonly organisation_kind?: OrganisationKind;
  readonly location_id?: string;
  readonly may_import?: boolean;
}

/** The claims that {@link principalFromClaims} reads back as this principal. */
export const claimsOf = (principal: Principal): PrincipalClaims => ({
  sub: principal.subject,
  role: principal.role,
  ...(isOfOrganisation(principal) && {
    professional_id: principal.professionalId,
    organisation_id: principal.organisationId,
    organisation_kind: principal.organisationKind,
    location_id: principal.locationId,
  }),
  ...(principal.mayImport && { may_import: true }),
});

/** One of the claims that make a principal. */
export type ClaimName = keyof PrincipalClaims;
/** What an issuer calls a claim where it does not use our name. */
export type ClaimNames = Readonly<Partial<Record<ClaimName, string>>>;

/** Reads a principal from verified claims; undefined when they do not describe one completely. */
export function principalFromClaims(
  claims: Readonly<Record<string, unknown>>,
  names: ClaimNames = {},
): Principal | undefined {
  const claim = (name: ClaimName): unknown => claims[names[name] ?? name];
  const subject = text(claim('sub'));
  const role = roles.find((known) => known === claim('role'));
  if (subject === undefined || role === undefined) return undefined;
  const mayImport = claim('may_import') === true;
  if (role === 'BOARD' || role === 'AUDITOR' || role === 'ADMIN') return { subject, role, mayImport };

  const professionalId = id(claim('professional_id'));
  const organisationId = id(claim('organisation_id'));
  const organisationKind = organisationKinds.find((known) => known === claim('organisation_kind'));
  const locationId = id(claim('location_id'));
  if (
    professionalId === undefined ||
    organisationId === undefined ||
    organisationKind === undefined ||
    locationId === undefined
  )
    return undefined;
  return { subject, role, professionalId, organisationId, organisationKind, locationId, mayImport };
}

const text = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim.length > 0 && claim.length <= 200 ? claim : undefined;

/** Names streams and stands in logs: what Spil never gave to anybody must get no further. */
const id = (claim: unknown): string | undefined =>
  typeof claim === 'string' && isReferenceId(claim) ? claim : undefined;
