import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config.js';

describe('the configuration', () => {
  let folder: string;
  let complete: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-config-'));
    await writeFile(join(folder, 'password'), 'hunter2\n');
    await writeFile(join(folder, 'jwks.json'), '{"keys":[]}');
    await writeFile(join(folder, 'broken.json'), '{"keys"');
    complete = {
      SPIL_PORT: '0',
      SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:2113?tls=false',
      SPIL_EVENT_STORE_USER: 'admin',
      SPIL_EVENT_STORE_PASSWORD_FILE: join(folder, 'password'),
      SPIL_READ_DATABASE_URL: 'postgres://reader:secret@127.0.0.1/spil',
      SPIL_KEYS_DATABASE_URL: 'postgres://keys:secret@127.0.0.1/spil_keys',
      SPIL_KEY_RING_FILE: join(folder, 'key-ring.json'),
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

  it('names every variable that is missing, one a line', async () => {
    expect(await problems({ SPIL_KEY_RING_FILE: undefined, SPIL_TOKEN_ISSUER: '  ' })).toEqual([
      'SPIL_KEY_RING_FILE is not set',
      'SPIL_TOKEN_ISSUER is not set',
    ]);
  });

  it('says what is wrong with a variable without repeating it, for it may be a secret', async () => {
    const wrong = await problems({ SPIL_READ_DATABASE_URL: 'mysql://u:hunter2@h/db', SPIL_PORT: '70000' });
    expect(wrong).toEqual([
      'SPIL_PORT must be a port number between 0 and 65535',
      'SPIL_READ_DATABASE_URL must be a URL that starts with postgres:// or postgresql://',
    ]);
  });

  it('says so when a file cannot be read or holds something else', async () => {
    expect(await problems({ SPIL_EVENT_STORE_PASSWORD_FILE: join(folder, 'nowhere') })).toEqual([
      'SPIL_EVENT_STORE_PASSWORD_FILE names a file that cannot be read (ENOENT)',
    ]);
    expect(await problems({ SPIL_TOKEN_JWKS_FILE: join(folder, 'broken.json') })).toEqual([
      'SPIL_TOKEN_JWKS_FILE names a file that holds no JSON Web Key Set',
    ]);
  });

  it('refuses the local issuer in production', async () => {
    expect(
      await problems({
        NODE_ENV: 'production',
        SPIL_TOKEN_JWKS_FILE: undefined,
        SPIL_TOKEN_LOCAL_ISSUER_FILE: join(folder, 'issuer.json'),
      }),
    ).toEqual(['SPIL_TOKEN_LOCAL_ISSUER_FILE is not for production; set SPIL_TOKEN_JWKS_FILE instead']);
  });
});
