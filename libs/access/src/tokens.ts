import { createLocalJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { IssuerUnavailable, publishedKeys, type KeysFetched, type KeyTimes } from './issuer-keys.js';
import { isOfOrganisation, principalFromClaims, type Principal } from './principal.js';
import type { TokenIssuer } from './token-issuers.js';

/** Signatures we accept; anything else, `none` above all, is refused whatever the key set says. */
export const acceptedAlgorithms = ['EdDSA', 'ES256'] as const;

/** How far an issuer's clock may be from ours. */
export const clockSkewSeconds = 30;

/** A token older than this is refused even when it says that it holds longer. */
export const maxTokenAgeSeconds = 24 * 3600;

/** Why a token was refused; safe to tell its bearer. `NOT_VOUCHED_FOR`: its issuer may not speak for this organisation or role. */
export type TokenFault =
  'EXPIRED' | 'NOT_YET_VALID' | 'WRONG_ISSUER_OR_AUDIENCE' | 'INCOMPLETE' | 'FORGED' | 'NOT_VOUCHED_FOR';

/** The bearer is nobody we know. Carries no part of the token. */
export class TokenRefused extends Error {
  constructor(readonly fault: TokenFault) {
    super(`the token was refused (${fault})`);
    this.name = 'TokenRefused';
  }
}

/** A principal and until when the token vouches for it, in milliseconds since 1970. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly expiresAt: number;
}

export interface TokenVerifier {
  /** @throws TokenRefused, IssuerUnavailable when its issuer's keys cannot be had */
  verify(token: string): Promise<VerifiedToken>;
  /** Fetches the keys of every issuer that publishes them, ahead of the first token. */
  prepare(): Promise<void>;
}

/**
 * Verifies signed tokens (JWT): signature, issuer, audience, times, and that the issuer may speak for whom it names. The claim `iss`
 * chooses the issuer, whose keys alone then count.
 */
export function createTokenVerifier(
  issuers: readonly TokenIssuer[],
  options: { times?: KeyTimes; onFetched?: (what: KeysFetched) => void } = {},
): TokenVerifier {
  const published: { prepare(): Promise<void> }[] = [];
  const trusted = new Map(
    issuers.map((issuer): [string, { issuer: TokenIssuer; keyFor: JWTVerifyGetKey }] => {
      if (!('discoveryUrl' in issuer.keys))
        return [issuer.issuer, { issuer, keyFor: createLocalJWKSet(issuer.keys) }];
      const keys = publishedKeys(issuer.issuer, issuer.keys, options);
      published.push(keys);
      return [issuer.issuer, { issuer, keyFor: keys.keyFor }];
    }),
  );
  return {
    verify: async (token) => {
      const found = trusted.get(namedIssuer(token));
      if (found === undefined) throw new TokenRefused('WRONG_ISSUER_OR_AUDIENCE');
      const { issuer, keyFor } = found;
      const { payload } = await jwtVerify(token, keyFor, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: [...acceptedAlgorithms],
        clockTolerance: clockSkewSeconds,
        maxTokenAge: maxTokenAgeSeconds,
        requiredClaims: ['sub', 'exp', 'iat'],
      }).catch((cause: unknown) => {
        if (cause instanceof IssuerUnavailable) throw cause;
        throw new TokenRefused(faultOf(cause));
      });
      const principal = principalFromClaims(payload, issuer.claims);
      if (principal === undefined || payload.exp === undefined || payload.iat === undefined)
        throw new TokenRefused('INCOMPLETE');
      if (!vouchesFor(issuer, principal)) throw new TokenRefused('NOT_VOUCHED_FOR');
      const until = Math.min(payload.exp, payload.iat + maxTokenAgeSeconds);
      return { principal, expiresAt: (until + clockSkewSeconds) * 1000 };
    },
    prepare: async () => {
      await Promise.all(published.map((keys) => keys.prepare()));
    },
  };
}

/** Unverified: only to choose whose keys to verify it with. */
function namedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch (cause) {
    if (cause instanceof errors.JWTInvalid) throw new TokenRefused('FORGED');
    throw cause;
  }
}

const vouchesFor = ({ organisations, roles }: TokenIssuer, principal: Principal): boolean =>
  roles.includes(principal.role) &&
  (!isOfOrganisation(principal) || organisations === '*' || organisations.includes(principal.organisationId));

function faultOf(cause: unknown): TokenFault {
  if (cause instanceof errors.JWTExpired) return 'EXPIRED';
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'iss' || cause.claim === 'aud') return 'WRONG_ISSUER_OR_AUDIENCE';
    const early = cause.claim === 'nbf' || (cause.claim === 'iat' && cause.reason === 'check_failed');
    return early ? 'NOT_YET_VALID' : 'INCOMPLETE';
  }
  return 'FORGED';
}
