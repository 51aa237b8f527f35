import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing } from '@spil/event-store';

/** Runs the built service; `until` is a line on which it is told to stop. */
async function run(env: Readonly<Record<string, string>>, until?: RegExp) {
  const child = spawn(process.execPath, ['dist/apps/coordination-service/src/main.js'], {
    env: { PATH: process.env.PATH, ...env },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed.push(text);
      if (until?.test(text) === true) child.kill('SIGTERM');
    });
  const code = await new Promise((ended) => child.once('close', ended));
  return { code, printed: printed.join('') };
}

describe('the service as a process', () => {
  let folder: string;
  let complete: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-process-'));
    await generateKeyRing(join(folder, 'key-ring.json'));
    await writeFile(join(folder, 'jwks.json'), '{"keys":[]}');
    const nowhere = 'postgres://nobody:s3cret@127.0.0.1:1/nowhere';
    complete = {
      SPIL_PORT: '0',
      SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false',
      SPIL_EVENT_STORE_USER: 'spil',
      SPIL_EVENT_STORE_PASSWORD: 's3cret',
      SPIL_READ_DATABASE_URL: nowhere,
      SPIL_KEYS_DATABASE_URL: nowhere,
      SPIL_AUDIT_DATABASE_URL: nowhere,
      SPIL_KEY_RING_FILE: join(folder, 'key-ring.json'),
      SPIL_TOMBSTONES_FILE: join(folder, 'tombstones.jsonl'),
      SPIL_TOKEN_ISSUER: 'https://issuer.example',
      SPIL_TOKEN_AUDIENCE: 'spil',
      SPIL_TOKEN_JWKS_FILE: join(folder, 'jwks.json'),
    };
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('starts before what it depends on is there, and stops when told to', async () => {
    const { code, printed } = await run(complete, /GraphQL on http/);
    expect([code, printed]).toEqual([
      0,
      expect.stringMatching(/GraphQL on http:\/\/127\.0\.0\.1:\d+\/graphql/),
    ]);
    expect(printed).not.toContain('s3cret');
  });

  it('says which variables are wrong, one a line and without their values, and does not start', async () => {
    const { code, printed } = await run({ ...complete, SPIL_PORT: 'http', SPIL_READ_DATABASE_URL: 's3cret' });
    expect(code).toBe(78);
    expect(printed.trim().split('\n')).toEqual([
      'coordination service: SPIL_PORT must be a port number between 0 and 65535',
      'coordination service: SPIL_READ_DATABASE_URL must be a URL that starts with postgres:// or postgresql://',
    ]);
  });

  it('says so when the key ring is not there, and does not start', async () => {
    const { code, printed } = await run({ ...complete, SPIL_KEY_RING_FILE: join(folder, 'nowhere.json') });
    expect(code).toBe(78);
    expect(printed).toContain('SPIL_KEY_RING_FILE names a file that cannot be read (ENOENT)');
  });
});
