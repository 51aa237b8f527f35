import { jest } from '@jest/globals';
import { startIdentityProvider, type IdentityProvider } from '../../../test/support/identity-provider.js';
import { testPrincipal } from '../../../test/support/tokens.js';
import {
  createTokenVerifier,
  discoveryUrlOf,
  IssuerUnavailable,
  keyTimes,
  soleIssuer,
  staffRoles,
  TokenRefused,
  type KeysFetched,
  type TokenIssuer,
  type TokenVerifier,
} from './index.js';

const audience = 'spil';
const times = keyTimes;
const professional = testPrincipal.professional();

describe('an identity provider', () => {
  let provider: IdentityProvider;
  let told: KeysFetched[];
  let verifier: TokenVerifier;

  /** Only the clock is a test's own; sockets and timeouts are real. */
  const later = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);
  const trusting = (issuers: TokenIssuer[], patience = times) =>
    createTokenVerifier(issuers, { times: patience, onFetched: (what) => told.push(what) });
  const discovered = (issuer: string): TokenIssuer =>
    soleIssuer({ issuer, audience, keys: { discoveryUrl: discoveryUrlOf(issuer) } });
  const outcome = async (token: string | Promise<string>): Promise<unknown> => {
    try {
      await verifier.verify(await token);
      return 'ACCEPTED';
    } catch (refused) {
      if (refused instanceof TokenRefused) return refused.fault;
      if (refused instanceof IssuerUnavailable) return 'UNAVAILABLE';
      throw refused;
    }
  };
  const token = () => provider.tokenOf(professional);
  const reason = () => told.map((what) => (what.ok ? 'ok' : what.reason)).at(-1);

  beforeEach(async () => {
    jest.useFakeTimers({
      now: Date.now(),
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'requestAnimationFrame',
        'cancelAnimationFrame',
        'requestIdleCallback',
        'cancelIdleCallback',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
    told = [];
    provider = await startIdentityProvider(audience);
    verifier = trusting([discovered(provider.issuer)]);
  });
  afterEach(async () => {
    await provider.stop();
    jest.useRealTimers();
  });

  it('is found by its discovery document, and its keys are kept', async () => {
    expect(await Promise.all([outcome(token()), outcome(token())])).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect(await outcome(token())).toBe('ACCEPTED');
    expect(provider.fetches()).toBe(1);
    expect(told).toEqual([{ issuer: provider.issuer, ok: true }]);
  });

  it('may change its keys: a new one is fetched when it is first met', async () => {
    await outcome(token());
    later(times.cooldown + 1);
    await provider.rotate();
    expect(await outcome(token())).toBe('ACCEPTED');
    expect(provider.fetches()).toBe(2);
  });

  it('may withdraw a key, which then goes within ten minutes', async () => {
    const old = await token();
    expect(await outcome(old)).toBe('ACCEPTED');
    await provider.rotate({ keepOld: false });
    later(times.maxAge + 1);
    expect(await outcome(old)).toBe('FORGED');
    expect(await outcome(token())).toBe('ACCEPTED');
  });

  it('is not flooded by tokens under keys that it does not have', async () => {
    await outcome(token());
    await provider.rotate({ publish: false });
    for (let wave = 0; wave < 3; wave += 1) {
      later(times.cooldown + 1);
      const forged = await Promise.all(Array.from({ length: 50 }, async () => outcome(token())));
      expect(new Set(forged)).toEqual(new Set(['FORGED']));
    }
    expect(provider.fetches()).toBe(4);
  });

  it('may be away for a day: its known keys go on serving, and a key that cannot be learnt is not called forged', async () => {
    const known = () => outcome(token());
    expect(await known()).toBe('ACCEPTED');
    provider.answer('with an error');
    later(times.outage - times.maxAge * 2);
    expect(await known()).toBe('ACCEPTED');
    expect(reason()).toBe('its discovery document was answered by status 500');
    later(times.maxAge + 1);
    expect(await known()).toBe('ACCEPTED');
    later(times.maxAge + 1);
    expect(await known()).toBe('UNAVAILABLE');
    provider.answer('rightly');
    later(times.retry + 1);
    expect(await known()).toBe('ACCEPTED');
    expect(reason()).toBe('ok');

    later(times.cooldown + 1);
    await provider.rotate();
    provider.answer('with an error');
    expect(await known()).toBe('UNAVAILABLE');
  });

  it('that is away before any key is known makes tokens unverifiable, and is asked again after a pause', async () => {
    provider.answer('with an error');
    expect(await Promise.all([outcome(token()), outcome(token())])).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(await outcome(token())).toBe('UNAVAILABLE');
    expect(told).toHaveLength(1);
    later(times.retry + 1);
    provider.answer('rightly');
    expect(await outcome(token())).toBe('ACCEPTED');
  });

  it('is prepared for without failing when it is away', async () => {
    provider.answer('with an error');
    await verifier.prepare();
    expect(told).toHaveLength(1);
    provider.answer('rightly');
    later(times.retry + 1);
    await verifier.prepare();
    expect(provider.fetches()).toBe(1);
  });

  it('that does not answer is not waited for', async () => {
    verifier = trusting([discovered(provider.issuer)], { ...times, timeout: 300 });
    provider.answer('never');
    expect(await outcome(token())).toBe('UNAVAILABLE');
    expect(reason()).toBe('it did not answer in time');
  });

  it.each([
    ['with nonsense', 'its discovery document is no JSON object'],
    ['without end', 'its discovery document is too large'],
    ['elsewhere', 'its discovery document was answered by status 302'],
  ] as const)('that answers %s is not followed or believed', async (way, why) => {
    provider.answer(way);
    expect(await outcome(token())).toBe('UNAVAILABLE');
    expect(reason()).toBe(why);
  });

  it.each([
    ['another issuer', { issuer: 'https://issuer.example' }, 'its discovery document names another issuer'],
    ['no place of its keys', { jwks_uri: 7 }, 'its discovery document does not say where its keys are'],
    [
      'a place without TLS elsewhere',
      { jwks_uri: 'http://127.0.0.2:1/keys' },
      'its keys are at an address without TLS elsewhere',
    ],
  ])('whose discovery document names %s is not believed', async (_what, lie, why) => {
    provider.claim(lie);
    expect(await outcome(token())).toBe('UNAVAILABLE');
    expect(reason()).toBe(why);
  });

  it('that cannot be reached at all is told as such', async () => {
    await provider.stop();
    expect(await outcome(token())).toBe('UNAVAILABLE');
    expect(reason()).toBe('it cannot be reached');
    provider = await startIdentityProvider(audience);
  });

  describe('beside another', () => {
    let other: IdentityProvider;
    const mine = testPrincipal.professional({ organisationId: 'o-mine' });
    const theirs = testPrincipal.professional({ organisationId: 'o-theirs' });

    beforeEach(async () => {
      other = await startIdentityProvider(audience);
      verifier = trusting([
        { ...discovered(provider.issuer), organisations: ['o-mine'], roles: staffRoles },
        { ...discovered(other.issuer), organisations: ['o-theirs'], roles: ['PROFESSIONAL', 'BOARD'] },
      ]);
    });
    afterEach(() => other.stop());

    it('speaks for its own organisation only', async () => {
      expect(await outcome(provider.tokenOf(mine))).toBe('ACCEPTED');
      expect(await outcome(other.tokenOf(theirs))).toBe('ACCEPTED');
      expect(await outcome(provider.tokenOf(theirs))).toBe('NOT_VOUCHED_FOR');
      expect(await outcome(other.tokenOf(mine))).toBe('NOT_VOUCHED_FOR');
    });

    it('speaks for its own roles only', async () => {
      expect(await outcome(other.tokenOf(testPrincipal.board))).toBe('ACCEPTED');
      expect(await outcome(provider.tokenOf(testPrincipal.board))).toBe('NOT_VOUCHED_FOR');
      const coordinator = testPrincipal.professional({ organisationId: 'o-theirs', role: 'COORDINATOR' });
      expect(await outcome(other.tokenOf(coordinator))).toBe('NOT_VOUCHED_FOR');
    });

    it('cannot sign in the other’s name', async () => {
      await outcome(other.tokenOf(theirs));
      later(times.cooldown + 1);
      expect(await outcome(provider.tokenOf(theirs, { issuer: other.issuer }))).toBe('FORGED');
    });

    it('is needed for its own tokens only', async () => {
      other.answer('never');
      expect(await outcome(provider.tokenOf(mine))).toBe('ACCEPTED');
    });
  });
});
