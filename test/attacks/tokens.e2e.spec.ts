import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { openLocalIssuer } from '@spil/access';
import { cast } from '../support/cast.js';
import { openSocket, post, subscribeOnce } from './transports.js';
import { underAttack } from './under-attack.js';

const { raadslied } = cast;

/** Who a hostile client says it is. */
describe('under attack', () => {
  const attack = underAttack();
  const { told } = attack;

  describe('a token that', () => {
    /** Signed with the key of the issuer that is trusted: nothing is wrong with it but what is changed. */
    const rightlySigned = async (change: { audience?: string; issuer?: string }): Promise<string> => {
      const file = join(attack.spil.dataFolder, 'secrets', 'token-issuer.json');
      const trusted = { file, issuer: attack.spil.issuer, audience: 'spil' };
      return (await openLocalIssuer({ ...trusted, ...change })).issueToken(raadslied, 600);
    };
    /** The token that is trusted, to be signed by somebody else. */
    const toSign = async (alg = 'EdDSA'): Promise<SignJWT> => {
      const token = await rightlySigned({});
      return new SignJWT(decodeJwt(token)).setProtectedHeader({ ...decodeProtectedHeader(token), alg });
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
      ['is signed by another key', async () => (await toSign()).sign(await otherKey())],
      ['is for another audience', () => rightlySigned({ audience: 'another-service' })],
      ['is of another issuer', () => rightlySigned({ issuer: 'https://elsewhere.example' })],
      [
        'is signed by a shared secret (`alg: HS256`)',
        async () => (await toSign('HS256')).sign(Buffer.alloc(32, 'spil')),
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

    it('has nothing wrong with it is taken, so that what is changed above is what is refused', async () => {
      const query = '{ me { role } }';
      expect((await post(attack.spil.graphqlUrl, await rightlySigned({}), { query })).code).toBe('ANSWERED');
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
