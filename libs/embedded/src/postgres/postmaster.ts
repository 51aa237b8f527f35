import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` says of a server that is alive. */
export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

/** The text of a file, or undefined when it does not exist (or its process just ended). */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** The server that lives on this data directory, by its own pid file; undefined when there is none. */
export async function findPostmaster(dir: string): Promise<Postmaster | undefined> {
  const lines = (await readIfThere(join(dir, 'postmaster.pid')))?.split('\n').map((line) => line.trim());
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  const command = await commandOf(pid);
  if (!command?.includes('postgres') || !command.includes(dir)) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7] ?? 'starting' };
}

/**
 * Removes the pid file that a killed server left. PostgreSQL does so itself unless another program got the same
 * process number in the meantime, which in a container is the rule.
 */
export async function removeStalePidFile(dir: string): Promise<void> {
  if (!(await findPostmaster(dir))) await rm(join(dir, 'postmaster.pid'), { force: true });
}

/** Whether a process exists and is more than a zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await commandOf(pid)) !== undefined;
}

/** The command line of a live process; a zombie counts as gone. */
export async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' });
    const line = ps.stdout.trim();
    return ps.status !== 0 || line.startsWith('Z') ? undefined : line;
  }
  const stat = await readIfThere(`/proc/${pid}/stat`);
  if (stat?.slice(stat.lastIndexOf(')') + 2).startsWith('Z') ?? true) return undefined;
  return await readIfThere(`/proc/${pid}/cmdline`);
}
