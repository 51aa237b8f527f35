import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JSONWebKeySet, type JWK } from 'jose';
import { claimsOf, type Principal } from './principal.js';

/** Signs tokens for the embedded default and for tests, so that a newcomer has a login for every role. */
export interface LocalIssuer {
  /** The public key, for {@link createTokenVerifier}. */
  readonly keys: JSONWebKeySet;
  /** The whole key pair, for a provider that signs in this issuer's name. */
  readonly signingKey: JWK;
  issueToken(principal: Principal, ttlSeconds: number): Promise<string>;
}

export interface LocalIssuerOptions {
  /** Where the key pair lives; made with mode 0600 when it is not there. */
  readonly file: string;
  readonly issuer: string;
  readonly audience: string;
}

/**
 * Opens the local issuer, making its key pair on first use.
 * @throws Error in production: there, tokens come from an organisation's own identity provider.
 */
export async function openLocalIssuer({ file, issuer, audience }: LocalIssuerOptions): Promise<LocalIssuer> {
  if (process.env.NODE_ENV === 'production')
    throw new Error('the local token issuer is not for production; name the identity provider instead');
  const jwk = await readOrMakeKey(file);
  const key = await importJWK(jwk, 'EdDSA');
  const { kty, crv, x, kid, alg, use } = jwk;
  return {
    keys: { keys: [{ kty, crv, x, kid, alg, use }] },
    signingKey: jwk,
    issueToken: (principal, ttlSeconds) =>
      new SignJWT({ ...claimsOf(principal) })
        .setProtectedHeader({ alg: 'EdDSA', ...(jwk.kid !== undefined && { kid: jwk.kid }) })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${ttlSeconds}s`)
        .sign(key),
  };
}

async function readOrMakeKey(file: string): Promise<JWK> {
  const present = await readKey(file);
  if (present !== undefined) return present;

  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'EdDSA', use: 'sig' };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  try {
    // Linking fails when another process was first: the file is never half written and never replaced.
    await link(draft, file);
    return jwk;
  } catch (cause) {
    const theirs = await readKey(file);
    if (theirs === undefined) throw cause;
    return theirs;
  } finally {
    await rm(draft);
  }
}

async function readKey(file: string): Promise<JWK | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  const parsed: unknown = JSON.parse(text);
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'kty' in parsed &&
    parsed.kty === 'OKP' &&
    'd' in parsed
  )
    return parsed as JWK;
  throw new Error(`the local issuer's key file ${file} holds no private key; remove it to make a new one`);
}
