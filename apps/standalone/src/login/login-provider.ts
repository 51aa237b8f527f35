import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claimsOf, isLoopback, openLocalIssuer, type LocalIssuer } from '@spil/access';
import { interactionPolicy, Provider, type ResourceServer } from 'oidc-provider';
import { audience, players, tokenSeconds, type Player } from '../logins.js';
import { loginPage, problemPage, sendPage } from './login-page.js';
import { browserClient, ownLogin } from './own-login.js';
import { TransientAdapter } from './transient-adapter.js';

/** An OpenID Connect provider of our own, on the loopback address, that asks who one is and believes it. */
export interface LoginProvider {
  /** Its address, which is also the name of the issuer. */
  readonly url: string;
  /** Issues tokens under the same name without anybody logging in. */
  readonly issuer: LocalIssuer;
  stop(): Promise<void>;
}

/** What the tokens open: Spil, under a name that the provider demands to be a URI. */
const resource = 'urn:spil:graphql';

/**
 * Starts the provider. `port` is taken when it is free, else another.
 * @throws Error in production, where an organisation's own provider says who people are
 */
export async function startLoginProvider(options: {
  keyFile: string;
  port: number;
  log: (line: string) => void;
}): Promise<LoginProvider> {
  const server = createServer();
  await listen(server, options.port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  try {
    const issuer = await openLocalIssuer({ file: options.keyFile, issuer: url, audience });
    const everyone = players();
    const provider = providerFor(url, issuer, everyone);
    provider.on('server_error', (_context, error) => options.log(`login provider: ${error.message}`));
    const answer = answering(provider, url, everyone);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      answer(request, response).catch((error: unknown) => {
        options.log(`login provider: ${String(error)}`);
        const text = problemPage('Deze aanmelding is verlopen.', 'This login has expired.');
        if (!response.headersSent) sendPage(response, 400, text);
      });
    });
    return { url, issuer, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function providerFor(url: string, issuer: LocalIssuer, everyone: readonly Player[]): Provider {
  const playerOf = (subject: string | undefined) =>
    everyone.find(({ principal }) => principal.subject === subject);
  const server: ResourceServer = {
    scope: '',
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: tokenSeconds,
    jwt: { sign: { alg: 'EdDSA' } },
  };
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return new Provider(url, {
    adapter: TransientAdapter,
    jwks: { keys: [{ ...issuer.signingKey }] },
    clients: [
      {
        client_id: browserClient,
        // Native: on the loopback address any port will do (RFC 8252, 7.3).
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['127.0.0.1', 'localhost', '[::1]'].flatMap((host) => [
          `http://${host}/`,
          `http://${host}/callback`,
        ]),
        id_token_signed_response_alg: 'EdDSA',
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      Interaction: 3_600,
      Session: tokenSeconds,
      Grant: tokenSeconds,
      IdToken: 3_600,
    },
    clientBasedCORS: (_context, origin) => URL.canParse(origin) && isLoopback(new URL(origin).hostname),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => server,
      },
    },
    interactions: { policy, url: (_context, { uid }) => `/login/${uid}` },
    findAccount: (_context, subject) =>
      playerOf(subject) && { accountId: subject, claims: () => ({ sub: subject }) },
    extraTokenClaims: (_context, token) => {
      const account = 'accountId' in token ? token.accountId : undefined;
      const player = playerOf(account);
      if (player === undefined) return undefined;
      const { sub, ...claims } = claimsOf(player.principal);
      return sub === account ? claims : undefined;
    },
    // Nobody is asked for consent, for the only client is Spil's own: whoever logs in has granted it all.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
}

type Answering = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function answering(provider: Provider, url: string, everyone: readonly Player[]): Answering {
  const callback = provider.callback();
  const own = ownLogin(url);
  return async (request, response) => {
    // Another site's name that leads here would bring that site's pages into ours.
    if (!isLoopback(new URL(`http://${request.headers.host ?? 'nobody'}`).hostname)) {
      response.writeHead(421).end();
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (request.method === 'GET' && pathname === '/') own.begin(response);
    else if (request.method === 'GET' && pathname === '/callback')
      await own.finish(request, response, searchParams);
    else if (/^\/login\/[\w-]+$/.test(pathname)) await choose(provider, everyone, request, response);
    else await callback(request, response);
  };
}

/** Shows who one may be, and takes the choice. */
async function choose(
  provider: Provider,
  everyone: readonly Player[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    sendPage(response, 200, loginPage(`/login/${uid}`, everyone));
    return;
  }
  const chosen = new URLSearchParams(await bodyOf(request)).get('person');
  if (!everyone.some(({ principal }) => principal.subject === chosen)) {
    sendPage(response, 400, problemPage('Zo iemand is er niet.', 'There is nobody of that name.'));
    return;
  }
  // Forgotten with the browser's window: the next login asks again.
  const login = { accountId: chosen ?? '', remember: false };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

/** Bytes that a choice may have. */
const maxBody = 4_096;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > maxBody) throw new Error('a choice is too long');
  }
  return body;
}

async function listen(server: Server, port: number): Promise<void> {
  const on = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await on(port).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return on(0);
  });
}
