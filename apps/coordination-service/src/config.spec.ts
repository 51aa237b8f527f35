import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@spil/config';
import { generateKeyRing } from '@spil/event-store';
import { readConfig } from './config.js';

describe('the configuration', () => {
  let folder: string;
  let complete: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-config-'));
    await writeFile(join(folder, 'password'), 'hunter2\n');
    await writeFile(join(folder, 'jwks.json'), '{"keys":[]}');
    await writeFile(join(folder, 'broken.json'), '{"keys"');
    await generateKeyRing(join(folder, 'key-ring.json'));
    complete = {
      SPIL_PORT: '0',
      SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:2113?tls=false',
      SPIL_EVENT_STORE_USER: 'admin',
      SPIL_EVENT_STORE_PASSWORD_FILE: join(folder, 'password'),
      SPIL_READ_DATABASE_URL: 'postgres://reader:secret@127.0.0.1/spil',
      SPIL_KEYS_DATABASE_URL: 'postgres://keys:secret@127.0.0.1/spil_keys',
      SPIL_AUDIT_DATABASE_URL: 'postgres://audit:secret@127.0.0.1/spil_audit',
      SPIL_KEY_RING_FILE: join(folder, 'key-ring.json'),
      SPIL_TOMBSTONES_FILE: join(folder, 'tombstones.jsonl'),
      SPIL_TOKEN_ISSUER: 'https://issuer.example',
      SPIL_TOKEN_AUDIENCE: 'spil',
      SPIL_TOKEN_JWKS_FILE: join(folder, 'jwks.json'),
    };
  });
  afterAll(() => rm(folder, { recursive: true }));

  const problems = (changes: NodeJS.ProcessEnv) =>
    readConfig({ ...complete, ...changes }).then(
      () => [],
      (cause: unknown) => (cause instanceof ConfigError ? cause.problems : [String(cause)]),
    );

  it('is read from variables, and secrets from files', async () => {
    const config = await readConfig(complete);
    expect(config).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      eventStore: { user: 'admin', password: 'hunter2' },
    });
  });

  it('names every variable that is missing or wrong, one a line', async () => {
    expect(
      await problems({
        SPIL_PORT: '70000',
        SPIL_KEY_RING_FILE: undefined,
        SPIL_TOKEN_ISSUER: '  ',
        SPIL_READ_DATABASE_URL: 'mysql://u:hunter2@h/db',
        SPIL_EVENT_STORE_URL: 'esdb://a:2113,b:2113?nodePreference=boss',
        SPIL_TOKEN_AUDIANCE: 'spil',
      }),
    ).toEqual([
      'SPIL_TOKEN_AUDIANCE is no variable of Spil; is it misspelt?',
      expect.stringMatching(/^SPIL_EVENT_STORE_URL is no connection string: at character 37 it should have/),
      'SPIL_TOKEN_ISSUER is not set (nor SPIL_TOKEN_ISSUER_FILE)',
      'SPIL_PORT must be a port number between 0 and 65535',
      'SPIL_READ_DATABASE_URL must be a URL that starts with postgres:// or postgresql://',
      'SPIL_KEY_RING_FILE is not set',
    ]);
  });

  it('takes a cluster of event stores', async () => {
    const url = 'esdb://a:2113,b:2113,c:2113?tls=true&nodePreference=leader';
    expect((await readConfig({ ...complete, SPIL_EVENT_STORE_URL: url })).eventStore.url).toBe(url);
  });

  it('says so when the key ring cannot be read, is empty or is none', async () => {
    await writeFile(join(folder, 'empty'), '');
    for (const [file, what] of [
      ['nowhere', 'names a file that cannot be read (ENOENT)'],
      ['empty', 'names an empty file'],
      ['jwks.json', 'names a file that holds no key ring'],
    ] as const)
      expect(await problems({ SPIL_KEY_RING_FILE: join(folder, file) })).toEqual([
        `SPIL_KEY_RING_FILE ${what}`,
      ]);
  });

  it('names a list of tombstones that could not be written', async () => {
    expect(await problems({ SPIL_TOMBSTONES_FILE: join(folder, 'nowhere', 'tombstones.jsonl') })).toEqual([
      'SPIL_TOMBSTONES_FILE names a file in a folder that cannot be written (ENOENT)',
    ]);
  });

  it('says so when the key set cannot be read or is none', async () => {
    expect(await problems({ SPIL_TOKEN_JWKS_FILE: join(folder, 'nowhere') })).toEqual([
      'SPIL_TOKEN_JWKS_FILE names a file that cannot be read (ENOENT)',
    ]);
    expect(await problems({ SPIL_TOKEN_JWKS_FILE: join(folder, 'broken.json') })).toEqual([
      'SPIL_TOKEN_JWKS_FILE names a file that holds no JSON Web Key Set',
    ]);
  });

  it('finds the keys of an issuer by discovery unless a file holds them', async () => {
    const { issuers } = await readConfig({ ...complete, SPIL_TOKEN_JWKS_FILE: undefined });
    expect(issuers).toMatchObject([
      {
        issuer: 'https://issuer.example',
        organisations: '*',
        keys: { discoveryUrl: 'https://issuer.example/.well-known/openid-configuration' },
      },
    ]);
    const inner = 'http://keycloak:8080/realms/spil/.well-known/openid-configuration';
    const named = { SPIL_TOKEN_JWKS_FILE: undefined, SPIL_TOKEN_DISCOVERY_URL: inner };
    expect((await readConfig({ ...complete, ...named })).issuers[0]?.keys).toEqual({ discoveryUrl: inner });
  });

  it('takes no keys that come without TLS from elsewhere unless their address is given on purpose', async () => {
    expect(
      await problems({ SPIL_TOKEN_JWKS_FILE: undefined, SPIL_TOKEN_ISSUER: 'http://issuer.example' }),
    ).toEqual([
      expect.stringMatching(/^SPIL_TOKEN_ISSUER must be an https:\/\/ URL.*SPIL_TOKEN_DISCOVERY_URL/),
    ]);
  });

  describe('with several issuers', () => {
    const alone = {
      SPIL_TOKEN_ISSUER: undefined,
      SPIL_TOKEN_AUDIENCE: undefined,
      SPIL_TOKEN_JWKS_FILE: undefined,
    };
    const listed = async (list: unknown): Promise<NodeJS.ProcessEnv> => {
      const file = join(folder, 'issuers.json');
      await writeFile(file, typeof list === 'string' ? list : JSON.stringify(list));
      return { ...alone, SPIL_TOKEN_ISSUERS_FILE: file };
    };
    const loket = { issuer: 'https://loket.example', audience: 'spil', organisations: ['o-1'] };

    it('reads them from their file, and keys from files beside it', async () => {
      const { issuers } = await readConfig({
        ...complete,
        ...(await listed([{ ...loket, jwksFile: 'jwks.json' }])),
      });
      expect(issuers).toEqual([
        {
          ...loket,
          roles: ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER'],
          claims: {},
          keys: { keys: [] },
        },
      ]);
    });

    it('says what is wrong with the file, a line each', async () => {
      expect(
        await problems(
          await listed([
            { ...loket, audience: 1 },
            { ...loket, roles: ['KING', 'COORDINATOR'] },
          ]),
        ),
      ).toEqual([
        'SPIL_TOKEN_ISSUERS_FILE issuer 1 must have a text in "audience"',
        expect.stringMatching(/^SPIL_TOKEN_ISSUERS_FILE issuer 2 must have in "roles"/),
      ]);
      expect(await problems(await listed('[{'))).toEqual([
        'SPIL_TOKEN_ISSUERS_FILE names a file that is no JSON',
      ]);
      expect(await problems(await listed([{ ...loket, jwksFile: 'nowhere.json' }]))).toEqual([
        'SPIL_TOKEN_ISSUERS_FILE issuer 1 "jwksFile" names a file that cannot be read (ENOENT)',
      ]);
    });

    it('does not guess between the file and the variables of one issuer', async () => {
      expect(await problems({ ...(await listed([loket])), SPIL_TOKEN_AUDIENCE: 'spil' })).toEqual([
        'SPIL_TOKEN_AUDIENCE is set beside SPIL_TOKEN_ISSUERS_FILE, which says all of it',
      ]);
    });
  });

  it('refuses the local issuer in production', async () => {
    expect(
      await problems({
        NODE_ENV: 'production',
        SPIL_TOKEN_JWKS_FILE: undefined,
        SPIL_TOKEN_LOCAL_ISSUER_FILE: join(folder, 'issuer.json'),
      }),
    ).toEqual([
      'SPIL_TOKEN_LOCAL_ISSUER_FILE is not for production; leave it out, and the issuer’s keys are found by discovery',
    ]);
  });
});
