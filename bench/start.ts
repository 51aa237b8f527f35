import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { admin } from './support/casework.js';
import type { Bench } from './support/place.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { timed } from './support/report.js';

/** What `npm start` needs beside the installed packages. */
const needed = ['apps', 'libs', 'tools', 'package.json', 'package-lock.json', 'nest-cli.json'];

/** From `npm start` to the first answer of a query, with packages installed and nothing built, on an empty data folder. */
export async function start({ report }: Bench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-bench-copy-'));
  try {
    for (const name of [...needed, 'tsconfig.json', 'tsconfig.build.json'])
      await cp(name, join(folder, name), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    const started: RunningSpil[] = [];
    try {
      const ms = await timed(async () => {
        const spil = await startSpil('npm', ['start', '--'], { cwd: folder });
        started.push(spil);
        await spil.ask(admin, '{ locations { id } }');
      });
      report.line(
        'npm start to the first answer, seconds',
        ms / 1_000,
        { atMost: 15 },
        'nothing built, an empty data folder',
      );
    } finally {
      for (const spil of started) await spil.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
