import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.js';
import { startProgram } from '../../../test/support/program.js';

const repository = resolve(import.meta.dirname, '../../..');

describe('the page about the embedded node', () => {
  it('gives a command that starts one, and a SIGTERM ends all that it started', async () => {
    const page = await readFile(join(repository, 'libs/embedded/README.md'), 'utf8');
    const [, name = '', options = '', said = ''] =
      /^npm run --silent (\S+) -- (.*)\n(event node listening .*)$/m.exec(page) ?? [];
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    const folder = await mkdtemp(join(tmpdir(), 'spil-event-node-'));
    await chmod(folder, 0o711);
    const port = String(await freePort());
    const here = options.replace('./events', join(folder, 'events')).replace('2113', port);
    // As npm runs it, but it must not build under the other tests.
    const script = scripts[name]?.replace('node tools/build-if-stale.mjs', 'true') ?? '';

    const program = startProgram('sh', ['-c', `${script} ${here}`], { PATH: process.env.PATH ?? '' });

    await program.printed(/^event node listening on/);
    // Resolves once nobody holds its output any more.
    expect(await program.end('SIGTERM')).toBe(0);
    expect(program.lines).toEqual([said.replace('2113', port)]);
    await rm(folder, { recursive: true });
  }, 60_000);

  it('shows a sample for tests that runs as it stands', async () => {
    const page = await readFile(join(repository, 'libs/embedded/README.md'), 'utf8');
    const sample = /```ts\n(.*?)```/s.exec(page)?.[1] ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'spil-sample-'));
    await chmod(folder, 0o711);
    for (const name of ['dist', 'node_modules']) await symlink(join(repository, name), join(folder, name));
    await writeFile(join(folder, 'sample.mjs'), sample);

    const inFolder = 'cd "$0" && exec "$1" sample.mjs';
    const program = startProgram('sh', ['-c', inFolder, folder, process.execPath], {
      PATH: process.env.PATH ?? '',
    });

    expect({ code: await program.ended, lines: program.lines }).toEqual({ code: 0, lines: ['OrderPlaced'] });
    await rm(folder, { recursive: true });
  }, 60_000);
});
