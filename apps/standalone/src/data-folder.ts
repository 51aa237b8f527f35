import { commandOf } from '@spil/embedded';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The one folder in which the embedded default keeps everything; held by one process at a time. */
export interface DataFolder {
  readonly path: string;
  release(): Promise<void>;
}

/** Another live process works in the folder. */
export class DataFolderInUse extends Error {
  constructor(path: string, pid: number) {
    super(`${path} is in use by process ${pid}; stop it, or choose another folder with --data DIR`);
    this.name = 'DataFolderInUse';
  }
}

/** The list of destroyed data keys: beside the databases, for a backup of them must not hold it. */
export const tombstonesFileName = 'tombstones.jsonl';

/** Everything that Spil puts into its folder; `--fresh` removes these and nothing else. */
const contents = ['postgres', 'secrets', tombstonesFileName, 'pilot-loaded.json', 'connections.json'];

/**
 * Takes the folder for this process; `fresh` empties it first. A lock left by a killed process is taken over.
 * @throws DataFolderInUse
 */
export async function holdDataFolder(folder: string, options: { fresh: boolean }): Promise<DataFolder> {
  const path = resolve(folder);
  const lock = join(path, 'process.pid');
  const holder = await pidIn(lock);
  if (holder !== undefined && holder !== process.pid && (await isSpil(holder))) {
    throw new DataFolderInUse(path, holder);
  }
  if (options.fresh) await empty(path);
  await mkdir(path, { recursive: true, mode: 0o711 });
  await writeFile(lock, String(process.pid));
  return { path, release: () => rm(lock, { force: true }) };
}

/** After a kill -9 the database is still shutting down for a moment; its files may not vanish under it. */
async function empty(path: string): Promise<void> {
  const postmaster = await pidIn(join(path, 'postgres', 'postmaster.pid'));
  for (let tries = 0; postmaster !== undefined && tries < 100; tries += 1) {
    if (!(await commandOf(postmaster))?.includes('postgres')) break;
    await wait(100);
  }
  await Promise.all(contents.map((name) => rm(join(path, name), { recursive: true, force: true })));
}

async function pidIn(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  const pid = Number(text?.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Whether a process is one that works on a data folder. Process ids are reused, so a live one alone proves nothing. */
export const isSpil = async (pid: number): Promise<boolean> =>
  /apps\/(standalone|operator)\//.test((await commandOf(pid)) ?? '');
