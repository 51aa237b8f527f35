import type { Purpose, VerifiedToken, TokenFault } from '@spil/access';

/** Why a request has no verified token. `ISSUER_UNAVAILABLE`: nobody can say now whether the one it has is right. */
export type AuthenticationFault = TokenFault | 'MISSING' | 'ISSUER_UNAVAILABLE';

/** Whose request it is: a verified token, or why there is none. */
export type Authentication = VerifiedToken | { readonly fault: AuthenticationFault };

/** What every resolver of one request shares. */
export interface RequestContext {
  readonly authentication: Authentication;
  /** What the asker wants personal data for; undefined when the one stated is not theirs, and without a valid token. */
  readonly purpose: Purpose | undefined;
  /** W3C trace id; also the correlation id of the events of this request. */
  readonly traceId: string;
  /** When the answer must be out, in milliseconds since 1970; undefined for subscriptions, which stay open. */
  readonly deadline: number | undefined;
  /** Caches of this request, by whoever made them. */
  readonly perRequest: Map<symbol, unknown>;
}

/** A value made once per request, for data loaders. */
export function oncePerRequest<T>(context: RequestContext, key: symbol, make: () => T): T {
  if (!context.perRequest.has(key)) context.perRequest.set(key, make());
  return context.perRequest.get(key) as T;
}
