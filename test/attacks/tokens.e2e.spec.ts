import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { claimsOf } from '@spil/access';
import { cast } from '../support/cast.js';
import { openSocket, post, subscribeOnce } from './transports.js';
import { underAttack } from './under-attack.js';

const { raadslied } = cast;

/** Who a hostile client says it is. */
describe('under attack', () => {
  const attack = underAttack();
  const { told } = attack;

  describe('a token that', () => {
    const claims = () => ({ ...claimsOf(raadslied) });
    const issued = async (change: { audience?: string; issuer?: string; alg?: string }) => {
      const [, payload = ''] = (await attack.spil.tokenOf(raadslied)).split('.');
      const { iss, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        iss: string;
        aud: string;
      };
      return new SignJWT(claims())
        .setProtectedHeader({ alg: change.alg ?? 'EdDSA' })
        .setIssuer(change.issuer ?? iss)
        .setAudience(change.audience ?? aud)
        .setIssuedAt()
        .setExpirationTime('1h');
    };
    const otherKey = async () => (await generateKeyPair('EdDSA')).privateKey;
    const unsigned = async () => {
      const [, payload = ''] = (await attack.spil.tokenOf(raadslied)).split('.');
      const known = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      return new UnsecuredJWT({ ...known, role: 'ADMIN' }).encode();
    };
    const withOtherRole = async () => {
      const [header, payload = '', signature] = (await attack.spil.tokenOf(raadslied)).split('.');
      const known = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const changed = Buffer.from(JSON.stringify({ ...known, role: 'ADMIN' })).toString('base64url');
      return `${String(header)}.${changed}.${String(signature)}`;
    };

    it.each<[string, () => Promise<string | undefined>]>([
      ['is missing', () => Promise.resolve(undefined)],
      ['is no token', () => Promise.resolve('rommel')],
      ['has expired', () => attack.spil.tokenOf(raadslied, -3600)],
      ['is not signed (`alg: none`)', unsigned],
      ['was changed to another role', withOtherRole],
      ['is signed by another key', async () => (await issued({})).sign(await otherKey())],
      [
        'is for another audience',
        async () => (await issued({ audience: 'another-service' })).sign(await otherKey()),
      ],
      [
        'is of another issuer',
        async () => (await issued({ issuer: 'https://elsewhere.example' })).sign(await otherKey()),
      ],
      [
        'is signed by a shared secret (`alg: HS256`)',
        async () => (await issued({ alg: 'HS256' })).sign(Buffer.alloc(32, 'spil')),
      ],
    ])('%s', async (name, make) => {
      const token = await make();
      const query = '{ me { role } }';
      expect(told(`HTTP   token ${name}`, await post(attack.spil.graphqlUrl, token, { query }))).toBe(
        'UNAUTHENTICATED',
      );
      const followed = { query: `subscription { caseTimeline(caseId: "${attack.theirs.id}") { type } }` };
      expect(told(`socket token ${name}`, await subscribeOnce(attack.spil.graphqlUrl, token, followed))).toBe(
        'CLOSED 4403',
      );
    });

    it('expires while its socket is open: what is followed ends, and nothing new begins', async () => {
      // Two seconds are left of the half minute by which clocks may differ.
      const socket = await openSocket(attack.spil.graphqlUrl, await attack.spil.tokenOf(raadslied, -28));
      const followed = { query: `subscription { caseTimeline(caseId: "${attack.theirs.id}") { type } }` };
      expect((await socket.subscribe(followed)).data).toEqual({ caseTimeline: { type: 'CaseRegistered' } });
      expect(told('socket an expired token, going on', await socket.next())).toBe('UNAUTHENTICATED');
      expect(told('socket an expired token, once more', await socket.subscribe(followed))).toBe(
        'UNAUTHENTICATED',
      );
      socket.close();
    });
  });
});
