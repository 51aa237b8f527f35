import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemPage, sendPage, tokenPage } from './login-page.js';

/** The client of programs that a browser runs: no secret, but PKCE, and back to the loopback address only. */
export const browserClient = 'spil-browser';

/** Logs in whoever opens the provider's own page, without a program that wants the token, and shows them the token. */
export interface OwnLogin {
  begin(response: ServerResponse): void;
  finish(request: IncomingMessage, response: ServerResponse, answer: URLSearchParams): Promise<void>;
}

const cookie = 'spil-login';

/** The authorization code flow with PKCE (RFC 7636), as any program would go through it. */
export function ownLogin(url: string): OwnLogin {
  const redirectUri = `${url}/callback`;
  return {
    begin: (response) => {
      const verifier = randomBytes(32).toString('base64url');
      const query = new URLSearchParams({
        client_id: browserClient,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: redirectUri,
        state: stateOf(verifier),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        prompt: 'login',
      });
      response
        .writeHead(303, {
          location: `${url}/auth?${query.toString()}`,
          'cache-control': 'no-store',
          'set-cookie': `${cookie}=${verifier}; HttpOnly; SameSite=Lax; Path=/callback; Max-Age=3600`,
        })
        .end();
    },
    finish: async (request, response, answer) => {
      const verifier =
        new RegExp(`(?:^|; )${cookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
      const code = answer.get('code');
      const token =
        code !== null && answer.get('state') === stateOf(verifier)
          ? await exchange(url, { code, code_verifier: verifier, redirect_uri: redirectUri })
          : undefined;
      if (token !== undefined) sendPage(response, 200, tokenPage(token));
      else sendPage(response, 400, problemPage('Deze aanmelding is verlopen.', 'This login has expired.'));
    },
  };
}

/** What comes back must belong to who asked: derived from what only their browser holds. */
const stateOf = (verifier: string): string =>
  createHash('sha256').update(`state ${verifier}`).digest('base64url');

async function exchange(url: string, grant: Record<string, string>): Promise<string | undefined> {
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: browserClient, ...grant }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  return token;
}
