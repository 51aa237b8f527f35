import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { Discovery } from './token-issuers.js';

/** How long things take, in milliseconds; a test may shorten them. */
export interface KeyTimes {
  /** Discovery document and keys together; a request may be waiting. */
  readonly timeout: number;
  /** Keys are fetched again after this time, so that one that was withdrawn goes. */
  readonly maxAge: number;
  /** At least so much between two fetches for keys that we do not know. */
  readonly cooldown: number;
  /** At least so much between two fetches while there are no keys and the provider does not answer. */
  readonly retry: number;
  /** How long keys go on serving that the provider confirmed last. */
  readonly outage: number;
}

export const keyTimes: KeyTimes = {
  timeout: 5_000,
  maxAge: 10 * 60_000,
  cooldown: 30_000,
  retry: 1_000,
  outage: 24 * 3_600_000,
};

/** What became of a fetch of an issuer's keys; `reason` is words of ours. */
export type KeysFetched =
  | { readonly issuer: string; readonly ok: true }
  | { readonly issuer: string; readonly ok: false; readonly reason: string };

/** An issuer's keys cannot be had now, so nobody can say whether a token is right. */
export class IssuerUnavailable extends Error {
  constructor(
    readonly issuer: string,
    options?: ErrorOptions,
  ) {
    super(`the keys of the token issuer ${issuer} cannot be had`, options);
    this.name = 'IssuerUnavailable';
  }
}

/** The keys of an issuer that publishes them. */
export interface PublishedKeys {
  /** @throws IssuerUnavailable, or what jose throws when no key fits */
  readonly keyFor: JWTVerifyGetKey;
  /** Fetches them ahead of the first token; how that went is told as every fetch is. */
  prepare(): Promise<void>;
}

/**
 * Finds an issuer's keys by its discovery document and keeps them. jose decides when to fetch; what it is given is the truth of the
 * provider while that answers, and else what the provider said last, for a day.
 */
export function publishedKeys(
  issuer: string,
  { discoveryUrl }: Discovery,
  { times = keyTimes, onFetched }: { times?: KeyTimes; onFetched?: (what: KeysFetched) => void } = {},
): PublishedKeys {
  let known: { readonly text: string; readonly at: number } | undefined;
  let failing: { readonly since: number; readonly cause: unknown } | undefined;

  const fetchKeys = async (signal: AbortSignal | undefined): Promise<string> => {
    if (known === undefined && failing !== undefined && Date.now() < failing.since + times.retry)
      throw failing.cause;
    try {
      const text = await readKeys(issuer, discoveryUrl, signal);
      known = { text, at: Date.now() };
      failing = undefined;
      onFetched?.({ issuer, ok: true });
      return text;
    } catch (cause) {
      failing = { since: Date.now(), cause };
      onFetched?.({ issuer, ok: false, reason: reasonOf(cause) });
      if (known !== undefined && Date.now() < known.at + times.outage) return known.text;
      known = undefined;
      throw cause;
    }
  };

  const keySet = createRemoteJWKSet(new URL(discoveryUrl), {
    timeoutDuration: times.timeout,
    cacheMaxAge: times.maxAge,
    cooldownDuration: times.cooldown,
    [customFetch]: async (_url, { signal }) => {
      try {
        return new Response(await fetchKeys(signal));
      } catch (cause) {
        throw new IssuerUnavailable(issuer, { cause });
      }
    },
  });

  return {
    keyFor: async (header, token) => {
      try {
        return await keySet(header, token);
      } catch (cause) {
        // It may be the provider's new key, which we cannot learn of now.
        if (cause instanceof errors.JWKSNoMatchingKey && failing !== undefined)
          throw new IssuerUnavailable(issuer, { cause });
        throw cause;
      }
    },
    prepare: () =>
      keySet.reload().catch((cause: unknown) => {
        if (!(cause instanceof IssuerUnavailable)) throw cause;
      }),
  };
}

/** The provider said something that cannot be used; the message is ours. */
class ProviderFault extends Error {}

/** Bytes that a document of a provider may have. */
const maxBytes = 256 * 1024;

async function readKeys(
  issuer: string,
  discoveryUrl: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const configuration = await readJson(discoveryUrl, 'discovery document', signal);
  if (configuration.issuer !== issuer) throw new ProviderFault('its discovery document names another issuer');
  const { jwks_uri: keysUrl } = configuration;
  if (typeof keysUrl !== 'string' || !URL.canParse(keysUrl))
    throw new ProviderFault('its discovery document does not say where its keys are');
  // A document that came over TLS may not send us where anybody can answer.
  if (new URL(keysUrl).protocol !== 'https:' && new URL(keysUrl).origin !== new URL(discoveryUrl).origin)
    throw new ProviderFault('its keys are at an address without TLS elsewhere');
  const keySet = await readJson(keysUrl, 'key set', signal);
  const keys = Array.isArray(keySet.keys) ? keySet.keys.filter(isUsable) : [];
  if (keys.length === 0) throw new ProviderFault('it publishes no key for signatures by EdDSA or ES256');
  return JSON.stringify({ keys });
}

async function readJson(
  url: string,
  what: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    ...(signal !== undefined && { signal }),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new ProviderFault(`its ${what} was answered by status ${response.status}`);
  }
  let size = 0;
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes) throw new ProviderFault(`its ${what} is too large`);
    chunks.push(chunk as Uint8Array);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new ProviderFault(`its ${what} is no JSON object`);
}

const isUsable = (key: unknown): boolean =>
  typeof key === 'object' &&
  key !== null &&
  'kty' in key &&
  'crv' in key &&
  ((key.kty === 'OKP' && key.crv === 'Ed25519') || (key.kty === 'EC' && key.crv === 'P-256')) &&
  !('d' in key);

/** In words of ours: what a provider or a network says goes into no log. */
function reasonOf(cause: unknown): string {
  if (cause instanceof ProviderFault) return cause.message;
  if (typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'TimeoutError')
    return 'it did not answer in time';
  return 'it cannot be reached';
}
