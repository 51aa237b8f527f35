import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import { findBinaries, launch, serverAccount } from './binaries.js';
import { withConnection } from './connection.js';
import { findPostmaster, isAlive, readIfThere, removeStalePidFile, type Postmaster } from './postmaster.js';

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** What to start; see {@link startPostgres}. */
export interface PostgresOptions {
  /** The data directory; made on the first start, and then kept. */
  dir: string;
  /** TCP port on 127.0.0.1; a free one when left out. An attached server keeps the port it has. */
  port?: number;
  /** Password of the superuser `postgres`, set when the cluster is made and asked for ever after. */
  superuserPassword: string;
  /** Gives up durability for speed (no fsync): for tests only. */
  fast?: boolean;
  /** Receives each line the server logs. */
  onLog?: (line: string) => void;
  /** Further server settings, by their names in postgresql.conf. */
  settings?: Record<string, string>;
}

/** A PostgreSQL server that accepts connections. */
export interface RunningPostgres {
  port: number;
  host: string;
  pid: number;
  /** False when another live process started this server: then `stop` leaves it running. */
  owned: boolean;
  /** Connection URL of a database, for the superuser unless a role is given. */
  url(database: string, role?: { user: string; password: string }): string;
  /** Resolves when the server has ended, for whatever reason; never for one that is not owned. */
  exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, committed data is flushed. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL cluster from the executables that npm installed, or attaches to the one that already runs on
 * the same data directory. It listens on loopback only and asks every connection for a password (scram-sha-256).
 * @throws Error when the directory holds something else, the password is not the cluster's, or the server fails.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dir = resolve(options.dir);
  const live = await settledPostmaster(dir);
  const running = (live && (await attach(dir, live))) ?? (await launchServer(dir, options));
  const url = (database: string, role = { user: SUPERUSER, password: options.superuserPassword }): string =>
    `postgres://${encodeURIComponent(role.user)}:${encodeURIComponent(role.password)}@${HOST}:${running.port}/${encodeURIComponent(database)}`;
  try {
    await checkPassword(dir, url('postgres'));
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { ...running, host: HOST, url };
}

type Server = Pick<RunningPostgres, 'port' | 'pid' | 'owned' | 'exited' | 'stop'>;

/** The live server on `dir` once it is neither starting nor stopping; undefined when there is none (any more). */
async function settledPostmaster(dir: string, child?: ChildProcess): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const found = await findPostmaster(dir);
    if (found?.status === 'ready') return found;
    const awaited = child ? child.exitCode === null && child.signalCode === null : found !== undefined;
    if (!awaited) return undefined;
    await pause(20);
  }
  throw new Error(`the PostgreSQL server on ${dir} was neither ready nor gone after ${START_TIMEOUT_MS} ms`);
}

/** Where a launcher notes its process number, so that the next one can tell an orphan from a server in use. */
const launcherFile = (dir: string): string => join(dir, 'launcher.pid');

/**
 * The server of a live launcher. One whose launcher is gone is ending already or will be orphaned, so it is seen off
 * and undefined returned.
 */
async function attach(dir: string, { pid, port }: Postmaster): Promise<Server | undefined> {
  const launcher = Number(await readIfThere(launcherFile(dir)));
  if (Number.isInteger(launcher) && (await isAlive(launcher)))
    return {
      ...{ pid, port, owned: false },
      exited: new Promise<never>(() => undefined),
      stop: () => Promise.resolve(),
    };
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  if (await isAlive(pid)) process.kill(pid, 'SIGINT');
  while (await isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`the orphaned PostgreSQL server ${pid} did not stop`);
    await pause(20);
  }
  return undefined;
}

async function launchServer(dir: string, options: PostgresOptions): Promise<Server> {
  const { initdb, postgres } = await findBinaries();
  if (!(await isCluster(dir))) await createCluster(dir, initdb, options);
  await removeStalePidFile(dir);
  const port = options.port ?? (await freePort());
  const settings: Record<string, string> = {
    listen_addresses: HOST,
    unix_socket_directories: '',
    ...(options.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...options.settings,
  };
  const args = ['-D', dir, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);

  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const { command, prefix, account } = launch(postgres, dir, serverAccount(dir), true);
    // Detached: a Ctrl-C in the terminal must not stop the database before the programs that still write to it.
    const child = spawn(command, [...prefix, ...args], {
      ...account,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const log = followLog(child, options.onLog);
    await new Promise((done, failed) => child.once('spawn', done).once('error', failed));
    if (await settledPostmaster(dir, child)) {
      await writeFile(launcherFile(dir), String(process.pid));
      const exited = endOf(child);
      return { pid: child.pid ?? 0, port, owned: true, exited, stop: stopper(child, exited) };
    }
    const said = log();
    // The backends of a killed server hold its shared memory for a moment longer than it lived.
    if (!/shared memory block .* still in use/.test(said) || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start on ${dir}: ${said}`);
    await pause(100);
  }
}

async function isCluster(dir: string): Promise<boolean> {
  const entries = await readdir(dir).catch((error: unknown): string[] => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length > 0 && !entries.includes('PG_VERSION'))
    throw new Error(`${dir} is neither empty nor a PostgreSQL data directory`);
  return entries.length > 0;
}

/** Makes the cluster beside its place and moves it there when whole: a killed initdb leaves nothing half made. */
async function createCluster(dir: string, initdb: string, options: PostgresOptions): Promise<void> {
  const unfinished = `${dir}.initializing`;
  const passwordFile = `${dir}.password`;
  const account = serverAccount(undefined);
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await mkdir(dirname(dir), { recursive: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
  try {
    if (account) {
      await chown(unfinished, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const run = launch(initdb, unfinished, account, false);
    const args = ['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
    args.push('--no-instructions', ...(options.fast ? ['--no-sync'] : []));
    const made = spawnSync(run.command, [...run.prefix, ...args], { ...run.account, encoding: 'utf8' });
    if (made.status !== 0)
      throw new Error(`initdb failed for ${dir}: ${made.stderr || String(made.error ?? made.signal)}`);
    await rename(unfinished, dir);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Passes the server's log on and keeps its end for an error message. */
function followLog(child: ChildProcess, onLog: ((line: string) => void) | undefined): () => string {
  const tail: string[] = [];
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      tail.push(line);
      if (tail.length > 40) tail.shift();
      onLog?.(line);
    });
  return () => tail.join('\n');
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.once('exit', () => done());
    if (child.exitCode !== null || child.signalCode !== null) done();
  });

function stopper(child: ChildProcess, ended: Promise<void>): () => Promise<void> {
  // Where no parent-death signal exists, at least an orderly exit takes the server along.
  const atExit = (): void => void child.kill('SIGINT');
  process.on('exit', atExit);
  void ended.then(() => process.off('exit', atExit));
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(late);
  };
}

async function checkPassword(dir: string, url: string): Promise<void> {
  try {
    await withConnection(url, (client) => client.query('SELECT 1'));
  } catch (error) {
    const wrongPassword = (error as { code?: string }).code === '28P01';
    throw wrongPassword
      ? new Error(`the cluster in ${dir} was made with another superuser password`, { cause: error })
      : error;
  }
}
