import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProgram } from '../../../test/support/program.js';

const repository = resolve(import.meta.dirname, '../../..');

describe('the page about the embedded node', () => {
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
