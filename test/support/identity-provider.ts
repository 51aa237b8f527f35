import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { claimsOf, type Principal } from '@spil/access';

/** An identity provider on the loopback address whose words a test chooses. */
export interface IdentityProvider {
  /** Its name and address. */
  readonly issuer: string;
  /** Times that its keys were asked for. */
  fetches(): number;
  /** Makes a new key and signs with it from now on; `publish: false` keeps that to itself. */
  rotate(options?: { publish?: boolean; keepOld?: boolean }): Promise<void>;
  /** Answers everything in this way from now on, until it is told otherwise. */
  answer(way: Way): void;
  /** Changes what its discovery document says. */
  claim(changes: Record<string, unknown>): void;
  tokenOf(
    principal: Principal,
    changes?: { claims?: object; issuer?: string; audience?: string },
  ): Promise<string>;
  stop(): Promise<void>;
}

type Way = 'rightly' | 'with an error' | 'never' | 'with nonsense' | 'without end' | 'elsewhere';

/** Starts a provider with one ES256 key. */
export async function startIdentityProvider(audience = 'spil'): Promise<IdentityProvider> {
  let published: JWK[] = [];
  let signing: { key: CryptoKey; kid: string } | undefined;
  let way: Way = 'rightly';
  let fetched = 0;
  let discovery: Record<string, unknown> = {};

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    if (way === 'never') return;
    if (way === 'with an error') {
      response.writeHead(500).end('{"keys":[]}');
      return;
    }
    if (way === 'elsewhere') {
      response.writeHead(302, { location: `${issuer}/keys` }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    if (way === 'with nonsense') response.end('<html>Sign in</html>');
    else if (way === 'without end') response.end(`"${'x'.repeat(1_000_000)}"`);
    else if (request.url === '/keys') response.end(JSON.stringify({ keys: published }));
    else response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, ...discovery }));
  };
  const server = createServer((request, response) => {
    if (request.url === '/keys') fetched += 1;
    respond(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider: IdentityProvider = {
    issuer,
    fetches: () => fetched,
    rotate: async ({ publish = true, keepOld = true } = {}) => {
      const { privateKey, publicKey } = await generateKeyPair('ES256');
      const kid = randomUUID();
      const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
      signing = { key: privateKey, kid };
      if (publish) published = [...(keepOld ? published : []), jwk];
    },
    answer: (next) => {
      way = next;
    },
    claim: (changes) => {
      discovery = changes;
    },
    tokenOf: (principal, changes = {}) => {
      if (signing === undefined) throw new Error('the provider has no key');
      return new SignJWT({ ...claimsOf(principal), ...changes.claims })
        .setProtectedHeader({ alg: 'ES256', kid: signing.kid })
        .setIssuer(changes.issuer ?? issuer)
        .setAudience(changes.audience ?? audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(signing.key);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  await provider.rotate();
  return provider;
}
