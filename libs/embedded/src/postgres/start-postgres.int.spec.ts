import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureDatabase, ensureRole, startPostgres, type RunningPostgres } from '../index.js';

const built = join(import.meta.dirname, '../../../../dist/libs/embedded/src/index.js');
const superuserPassword = 'pass word/with:signs@';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded Postgres cluster', () => {
  let folder: string;
  let dir: string;
  const started: RunningPostgres[] = [];
  const start = async (): Promise<RunningPostgres> => {
    const server = await startPostgres({ dir, superuserPassword, fast: true });
    started.push(server);
    return server;
  };

  beforeEach(async () => {
    // Nobody but its owner may enter: what a checkout in the home of root looks like.
    folder = await mkdtemp(join(tmpdir(), 'spil-postgres-'));
    dir = join(folder, 'data');
  });

  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps its data between starts', async () => {
    const first = await start();
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    await first.stop();
    const second = await start();
    expect(await query(second.url('postgres'), 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
  });

  it('listens on loopback only and asks for a password', async () => {
    const server = await start();
    expect(await query(server.url('postgres'), 'SHOW listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    const intruder = server.url('postgres', { user: 'postgres', password: 'wrong' });
    await expect(query(intruder, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('says so when the superuser password is not the one the cluster was made with', async () => {
    await (await start()).stop();
    await expect(startPostgres({ dir, superuserPassword: 'another', fast: true })).rejects.toThrow(
      'made with another superuser password',
    );
  });

  it('refuses a directory that holds something else', async () => {
    await mkdir(dir);
    await writeFile(join(dir, 'letter.txt'), 'Dear client');
    await expect(start()).rejects.toThrow('neither empty nor a PostgreSQL data directory');
  });

  it('attaches to the server that already runs on the directory and leaves it running', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ port: first.port, pid: first.pid, owned: false });
    await second.stop();
    expect(await query(first.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts again after its launcher was killed', async () => {
    const program = `const { startPostgres } = await import(${JSON.stringify(built)});
      const server = await startPostgres(${JSON.stringify({ dir, superuserPassword })});
      console.log(server.pid); setInterval(() => undefined, 1000);`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const orphan = await new Promise<number>((said) =>
      launcher.stdout.once('data', (pid) => said(Number(pid))),
    );
    launcher.kill('SIGKILL');
    await new Promise((gone) => launcher.once('exit', gone));
    const server = await start();
    expect(server.owned).toBe(true);
    expect(Number((await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')[0])).toBe(server.pid);
    expect(orphan).toBeGreaterThan(0);
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts again after the server itself was killed, whoever got its process number', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    const pidFile = join(dir, 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await start();
    expect(await query(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('makes roles and databases once, whatever their names, and renews the password', async () => {
    const server = await start();
    const admin = server.url('postgres');
    const role = { name: `o'clerk "x"`, password: `p'"w\\` };
    await ensureRole(admin, { name: role.name, password: 'old' });
    await Promise.all([ensureRole(admin, role), ensureRole(admin, role)]);
    await Promise.all([1, 2].map(() => ensureDatabase(admin, 'case "files"', role.name)));
    const url = server.url('case "files"', { user: role.name, password: role.password });
    expect(await query(url, 'SELECT current_user AS name')).toEqual([{ name: role.name }]);
    await expect(query(url, 'CREATE ROLE other')).rejects.toMatchObject({ code: '42501' });
  });
});
