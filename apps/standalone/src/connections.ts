import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSpil } from './data-folder.js';
import type { Infrastructure } from './infrastructure.js';

/** Where the parts of a Spil that runs on this machine are found; holds passwords. */
export type Connections = Omit<Infrastructure, 'stop'> & {
  readonly graphqlUrl: string;
  /** Whose tokens are taken, and where its login page is. */
  readonly issuer: string;
  /** Health and metrics of the projection worker. */
  readonly workerUrl: string;
};

interface Written extends Connections {
  readonly pid: number;
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'connections.json');

/** Says where everything is, for tools on this machine, readable by the owner only. */
export async function writeConnections(dataFolder: string, connections: Connections): Promise<void> {
  const file = fileIn(dataFolder);
  const written: Written = { pid: process.pid, ...connections };
  // Renamed into place: whoever reads it reads it whole.
  await writeFile(`${file}.new`, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Takes back what {@link writeConnections} said. */
export const removeConnections = (dataFolder: string): Promise<void> =>
  rm(fileIn(dataFolder), { force: true });

/** The connections of the Spil that runs on this folder; undefined when none does, also when one was killed. */
export async function readConnections(dataFolder: string): Promise<Connections | undefined> {
  const text = await readFile(fileIn(dataFolder), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const { pid, ...connections } = JSON.parse(text) as Written;
  return (await isSpil(pid)) ? connections : undefined;
}
