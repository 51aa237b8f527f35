import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from 'jose';
import { principalFromClaims, type Principal } from './principal.js';

/** Signatures we accept; anything else, `none` above all, is refused whatever the key set says. */
export const acceptedAlgorithms = ['EdDSA', 'ES256'] as const;

/** How far an issuer's clock may be from ours. */
export const clockSkewSeconds = 30;

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Public keys of the issuer (RFC 7517). */
  readonly keys: JSONWebKeySet;
}

/** Why a token was refused; safe to tell its bearer. */
export type TokenFault = 'EXPIRED' | 'NOT_YET_VALID' | 'WRONG_ISSUER_OR_AUDIENCE' | 'INCOMPLETE' | 'FORGED';

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
  /** @throws TokenRefused */
  verify(token: string): Promise<VerifiedToken>;
}

/** Verifies signed tokens (JWT) of one issuer for one audience: signature, issuer, audience and times. */
export function createTokenVerifier({ issuer, audience, keys }: TokenVerifierOptions): TokenVerifier {
  const keySet = createLocalJWKSet(keys);
  return {
    async verify(token) {
      const { payload } = await jwtVerify(token, keySet, {
        issuer,
        audience,
        algorithms: [...acceptedAlgorithms],
        clockTolerance: clockSkewSeconds,
        requiredClaims: ['sub', 'exp', 'iat'],
      }).catch((cause: unknown) => {
        throw new TokenRefused(faultOf(cause));
      });
      const principal = principalFromClaims(payload);
      if (principal === undefined || payload.exp === undefined) throw new TokenRefused('INCOMPLETE');
      return { principal, expiresAt: (payload.exp + clockSkewSeconds) * 1000 };
    },
  };
}

function faultOf(cause: unknown): TokenFault {
  if (cause instanceof errors.JWTExpired) return 'EXPIRED';
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'iss' || cause.claim === 'aud') return 'WRONG_ISSUER_OR_AUDIENCE';
    return cause.claim === 'nbf' ? 'NOT_YET_VALID' : 'INCOMPLETE';
  }
  return 'FORGED';
}
