import { createHash, randomBytes } from 'node:crypto';
import { players } from '../apps/standalone/src/logins.js';
import { startSpil, type RunningSpil } from './support/spil.js';

/** As much of a browser as a login needs: it keeps cookies and follows no redirect by itself. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** Goes where redirects lead, until there is a page or an address that `stop` matches. */
  async follow(
    url: string,
    stop: RegExp,
    form?: Record<string, string>,
  ): Promise<{ url: string; page: string }> {
    const response = await this.go(url, form);
    const location = response.headers.get('location');
    if (location === null) return { url, page: await response.text() };
    const next = new URL(location, url).href;
    return stop.test(next) ? { url: next, page: '' } : this.follow(next, stop);
  }
}

const everyone = players().map(({ principal, who }) => ({ principal, who, role: principal.role }));
const nowhere = /^never$/;

describe('logging in to the embedded default', () => {
  let spil: RunningSpil;

  beforeAll(async () => {
    spil = await startSpil();
  }, 120_000);
  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  const discover = async () =>
    (await (await fetch(`${spil.issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;
  const verifier = randomBytes(32).toString('base64url');
  const authorization = async (change: Record<string, string> = {}) => {
    const { authorization_endpoint: endpoint = '' } = await discover();
    const query = new URLSearchParams({
      client_id: 'spil-browser',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://127.0.0.1:9/callback',
      state: 'mine',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...change,
    });
    return `${endpoint}?${query.toString()}`;
  };
  /** From the authorization endpoint through the login page to where the program is called back. */
  const logIn = async (subject: string): Promise<URL> => {
    const browser = new Browser();
    const { url, page } = await browser.follow(await authorization(), nowhere);
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
    const back = await browser.follow(new URL(action, url).href, /:9\/callback/, { person: subject });
    return new URL(back.url);
  };
  const exchange = async (code: string, change: Record<string, string> = {}) => {
    const { token_endpoint: endpoint = '' } = await discover();
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'spil-browser',
        redirect_uri: 'http://127.0.0.1:9/callback',
        code,
        code_verifier: verifier,
        ...change,
      }),
    });
    return (await response.json()) as { access_token?: string; error?: string };
  };
  const me = async (token: string): Promise<unknown> => {
    const response = await fetch(spil.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ me { role locationId } }' }),
    });
    return ((await response.json()) as { data?: unknown }).data;
  };

  it('offers everyone in Dutch and English, says that they are fictitious, and asks for no password', async () => {
    const { page } = await new Browser().follow(await authorization(), nowhere);
    for (const { who } of everyone) {
      expect(page).toContain(who.nl);
      expect(page).toContain(who.en);
    }
    expect(page).toContain('iedereen hier is verzonnen');
    expect(page).toContain('everyone here is fictitious');
    expect(page).not.toMatch(/type="?password/);
  });

  it('offers somebody for every role', () => {
    expect(new Set(everyone.map(({ role }) => role))).toEqual(
      new Set(['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER', 'BOARD', 'AUDITOR', 'ADMIN']),
    );
    expect(new Set(everyone.map(({ principal }) => principal.subject)).size).toBe(everyone.length);
  });

  it.each(everyone)('leads $who.en from the login page to an answer', async ({ principal, role }) => {
    const back = await logIn(principal.subject);
    expect(back.searchParams.get('state')).toBe('mine');
    const { access_token: token = '' } = await exchange(back.searchParams.get('code') ?? '');
    expect(await me(token)).toEqual({ me: { role, locationId: principal.locationId ?? null } });
  });

  it('shows a token to whoever opens the page itself', async () => {
    const browser = new Browser();
    const { url, page } = await browser.follow(`${spil.issuer}/`, nowhere);
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
    const shown = await browser.follow(new URL(action, url).href, nowhere, { person: 'board' });
    const token = /<textarea[^>]*>([\w.-]+)</.exec(shown.page)?.[1] ?? '';
    expect(await me(token)).toEqual({ me: { role: 'BOARD', locationId: null } });
  });

  it('is named by the welcome text', async () => {
    expect(await spil.printed(/^Login page/)).toContain(`${spil.issuer}/`);
  });

  it('gives no token for a code without its verifier, nor for a code that was used', async () => {
    const code = (await logIn('board')).searchParams.get('code') ?? '';
    expect((await exchange(code, { code_verifier: 'x'.repeat(43) })).error).toBe('invalid_grant');
    const fresh = (await logIn('board')).searchParams.get('code') ?? '';
    expect((await exchange(fresh)).access_token).toBeDefined();
    expect((await exchange(fresh)).error).toBe('invalid_grant');
  });

  it('sends nobody to an address that is not on this machine, and nobody without PKCE', async () => {
    const elsewhere = await new Browser().go(
      await authorization({ redirect_uri: 'https://elsewhere.example/callback' }),
    );
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([400, null]);
    const plain = await authorization({ code_challenge: '', code_challenge_method: '' });
    const back = await new Browser().follow(plain, /:9\/callback/);
    expect(new URL(back.url).searchParams.get('error')).toBe('invalid_request');
  });

  it('makes nobody of a choice that was not offered', async () => {
    const browser = new Browser();
    const { url, page } = await browser.follow(await authorization(), nowhere);
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
    const response = await browser.go(new URL(action, url).href, { person: 'emperor' });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('There is nobody'),
    ]);
  });

  it('answers to no other name than that of this machine', async () => {
    const { request } = await import('node:http');
    const { port } = new URL(spil.issuer);
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('has no login page in production', async () => {
    const { startLoginProvider } = await import('../apps/standalone/src/login/login-provider.js');
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(
        startLoginProvider({
          keyFile: `${spil.dataFolder}/secrets/token-issuer.json`,
          port: 0,
          log: () => undefined,
        }),
      ).rejects.toThrow('not for production');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
