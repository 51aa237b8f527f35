import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import {
  claimsOf,
  clockSkewSeconds,
  createTokenVerifier,
  openLocalIssuer,
  maxTokenAgeSeconds,
  principalFromClaims,
  soleIssuer,
  TokenRefused,
  type Principal,
} from './index.js';

const issuer = 'https://issuer.example';
const audience = 'spil';
const professional: Principal = {
  subject: 'account-1',
  role: 'PROFESSIONAL',
  professionalId: 'p-1',
  organisationId: 'o-1',
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'nijmegen',
  mayImport: false,
};

describe('a token', () => {
  const pair: { privateKey?: CryptoKey; publicJwk?: JWK; otherKey?: CryptoKey } = {};
  const verifier = () =>
    createTokenVerifier([soleIssuer({ issuer, audience, keys: { keys: [pair.publicJwk ?? {}] } })]);

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    pair.privateKey = privateKey;
    pair.publicJwk = { ...(await exportJWK(publicKey)), kid: 'k1' };
    pair.otherKey = (await generateKeyPair('ES256')).privateKey;
  });

  const token = (
    claims: Record<string, unknown> = {},
    changes: {
      iss?: string;
      aud?: string;
      exp?: number | null;
      nbf?: number;
      age?: number;
      other?: boolean;
    } = {},
  ) => {
    const now = Math.floor(Date.now() / 1000);
    const signing = new SignJWT({ ...claimsOf(professional), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(changes.iss ?? issuer)
      .setAudience(changes.aud ?? audience)
      .setIssuedAt(now - (changes.age ?? 3600));
    if (changes.exp !== null) signing.setExpirationTime(now + (changes.exp ?? 60));
    if (changes.nbf !== undefined) signing.setNotBefore(now + changes.nbf);
    const key = changes.other === true ? pair.otherKey : pair.privateKey;
    if (key === undefined) throw new Error('no key');
    return signing.sign(key);
  };
  const fault = async (forged: string | Promise<string>) =>
    verifier()
      .verify(await forged)
      .then(
        () => 'ACCEPTED',
        (refused: unknown) => (refused instanceof TokenRefused ? refused.fault : refused),
      );

  it('names its bearer', async () => {
    expect((await verifier().verify(await token())).principal).toEqual(professional);
  });

  it('is refused when another key signed it', async () => {
    expect(await fault(token({}, { other: true }))).toBe('FORGED');
  });

  it('is refused when a claim was changed after signing', async () => {
    const [header, , signature] = (await token()).split('.');
    const claims = { iss: issuer, aud: audience, ...claimsOf(professional), role: 'ADMIN' };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await fault(`${String(header)}.${payload}.${String(signature)}`)).toBe('FORGED');
  });

  it('is refused without a signature (alg none)', async () => {
    const unsigned = new UnsecuredJWT({ ...claimsOf(professional) })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .encode();
    expect(await fault(unsigned)).toBe('FORGED');
  });

  it('is refused when the public key was used as a shared secret (alg HS256)', async () => {
    const now = Math.floor(Date.now() / 1000);
    const forged = await new SignJWT({ ...claimsOf(professional) })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(Buffer.from(JSON.stringify(pair.publicJwk)));
    expect(await fault(forged)).toBe('FORGED');
  });

  it('is refused when it is no token at all', async () => {
    expect(await fault('')).toBe('FORGED');
    expect(await fault('a.b.c')).toBe('FORGED');
    expect(await fault('x'.repeat(10_000))).toBe('FORGED');
  });

  it('is refused from another issuer or for another audience', async () => {
    expect(await fault(token({}, { iss: 'https://other.example' }))).toBe('WRONG_ISSUER_OR_AUDIENCE');
    expect(await fault(token({}, { aud: 'another-service' }))).toBe('WRONG_ISSUER_OR_AUDIENCE');
  });

  it('is refused once expired, allowing for a small difference between clocks', async () => {
    expect(await fault(token({}, { exp: -clockSkewSeconds + 10 }))).toBe('ACCEPTED');
    expect(await fault(token({}, { exp: -clockSkewSeconds - 10 }))).toBe('EXPIRED');
  });

  it('is refused before its time', async () => {
    expect(await fault(token({}, { nbf: clockSkewSeconds + 60 }))).toBe('NOT_YET_VALID');
  });

  it('is refused when it says that it was issued later than clocks may differ', async () => {
    expect(await fault(token({}, { age: -clockSkewSeconds + 10 }))).toBe('ACCEPTED');
    expect(await fault(token({}, { age: -clockSkewSeconds - 10 }))).toBe('NOT_YET_VALID');
  });

  it('is refused a day after it was issued, whatever it says of its end', async () => {
    expect(await fault(token({}, { age: maxTokenAgeSeconds + clockSkewSeconds + 10 }))).toBe('EXPIRED');
    const { expiresAt } = await verifier().verify(await token({}, { exp: 30 * 24 * 3600 }));
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + (maxTokenAgeSeconds - 3600 + clockSkewSeconds) * 1000);
  });

  it('is refused when it never expires', async () => {
    expect(await fault(token({}, { exp: null }))).toBe('INCOMPLETE');
  });

  it('is refused when it does not say who, in which role, of which organisation, where', async () => {
    for (const missing of [
      'sub',
      'role',
      'professional_id',
      'organisation_id',
      'organisation_kind',
      'location_id',
    ])
      expect(await fault(token({ [missing]: undefined }))).toBe('INCOMPLETE');
    expect(await fault(token({ role: 'EMPEROR' }))).toBe('INCOMPLETE');
    expect(await fault(token({ organisation_kind: 'BANK' }))).toBe('INCOMPLETE');
  });

  it.each(['professional_id', 'organisation_id', 'location_id'])(
    'is refused when its %s is no id that Spil gives, and which no log could keep',
    async (claim) => {
      for (const wrong of ['p\u0000', '\uD800', 'P-1', '-p', 'p 1', 'p'.repeat(65), 7])
        expect([wrong, await fault(token({ [claim]: wrong }))]).toEqual([wrong, 'INCOMPLETE']);
    },
  );

  it('is read by the names that its issuer has for the claims', () => {
    const { role, ...claims } = claimsOf(professional);
    const theirs = { ...claims, spil_role: role };
    expect(principalFromClaims(theirs)).toBeUndefined();
    expect(principalFromClaims(theirs, { role: 'spil_role' })).toEqual(professional);
  });

  it('gives no import mandate unless it says exactly so', () => {
    const claims = { ...claimsOf(professional) };
    expect(principalFromClaims({ ...claims, may_import: true })?.mayImport).toBe(true);
    expect(principalFromClaims({ ...claims, may_import: 'true' })?.mayImport).toBe(false);
    expect(principalFromClaims(claims)?.mayImport).toBe(false);
  });
});

describe('the local issuer', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-issuer-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const options = () => ({ file: join(folder, 'secrets', 'issuer.jwk.json'), issuer, audience });

  it('keeps its key pair between starts, readable by its owner only', async () => {
    const first = await openLocalIssuer(options());
    const second = await openLocalIssuer(options());
    expect(second.keys).toEqual(first.keys);
    expect((await stat(options().file)).mode & 0o777).toBe(0o600);
    const verifier = createTokenVerifier([soleIssuer({ issuer, audience, keys: second.keys })]);
    expect((await verifier.verify(await first.issueToken(professional, 60))).principal).toEqual(professional);
  });

  it('makes one key pair when several processes start at once', async () => {
    const issuers = await Promise.all(Array.from({ length: 8 }, () => openLocalIssuer(options())));
    expect(new Set(issuers.map(({ keys }) => JSON.stringify(keys))).size).toBe(1);
  });

  it('publishes no private part', async () => {
    const { keys } = await openLocalIssuer(options());
    const stored = JSON.parse(await readFile(options().file, 'utf8')) as { d: string };
    expect(stored.d).toHaveLength(43);
    expect(JSON.stringify(keys)).not.toContain(stored.d);
  });

  it('refuses a damaged key file instead of replacing it', async () => {
    const file = join(folder, 'damaged.json');
    await writeFile(file, '{"kty":"OKP"}');
    await expect(openLocalIssuer({ file, issuer, audience })).rejects.toThrow('holds no private key');
  });

  it('refuses to work in production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(openLocalIssuer(options())).rejects.toThrow('not for production');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
