import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnEventNode, type SpawnedEventNode } from '@spil/embedded';
import { readConnections } from '../../apps/standalone/src/connections.js';
import { databaseUrl } from './log-head.js';
import type { RunningSpil } from './spil.js';

/** Processes of a running Spil, as a fault hits them: all at once. */
export interface Processes {
  readonly pids: readonly number[];
  signal(signal: NodeJS.Signals): void;
}

const processes = (pids: readonly number[]): Processes => ({
  pids,
  signal: (signal) => {
    for (const pid of pids) process.kill(pid, signal);
  },
});

/** The event node that runs now; another one after it was restarted. */
export async function eventNodeOf(spil: RunningSpil): Promise<Processes> {
  const pids: number[] = [];
  for (const pid of await childrenOf(spil.pid))
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('event-node')) pids.push(pid);
  if (pids.length !== 1) throw new Error(`Spil has ${pids.length} event nodes`);
  return processes(pids);
}

/** An event node in a process that is not Spil's, which takes over log and port once the one that runs has ended. */
export interface Standby {
  readonly leading: Promise<SpawnedEventNode>;
}

/** Starts one; resolves when it waits for the other one to end. */
export async function startStandby(spil: RunningSpil): Promise<Standby> {
  const connections = await readConnections(spil.dataFolder);
  if (connections === undefined) throw new Error('Spil does not run');
  const database = await databaseUrl(spil, 'spil_events');
  return new Promise((resolve, reject) => {
    const leading = spawnEventNode({
      databaseUrl: database,
      port: Number(new URL(connections.eventStoreUrl).port),
      onLog: (line) => {
        if (line.includes('waits for another one')) resolve({ leading });
      },
    });
    leading.then(() => resolve({ leading }), reject);
  });
}

/** The database server and all of its backends. */
export async function postgresOf(spil: RunningSpil): Promise<Processes> {
  const pidFile = await readFile(join(spil.dataFolder, 'postgres', 'postmaster.pid'), 'utf8');
  const postmaster = Number(pidFile.split('\n')[0]);
  return processes([postmaster, ...(await childrenOf(postmaster))]);
}

/** The children of a process, of any of its threads. */
async function childrenOf(pid: number): Promise<number[]> {
  const lists = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map((task) =>
      readFile(`/proc/${pid}/task/${task}/children`, 'utf8'),
    ),
  );
  return lists.flatMap((list) =>
    list
      .split(' ')
      .filter((one) => one !== '')
      .map(Number),
  );
}
