import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { spawnEventNode } from '../../../dist/libs/embedded/src/index.js';
import { childrenOf } from './running-spil.mjs';

const FULL_MS = 5_000;

/** What can happen to a running Spil. Each resolves when the cause is gone, with the moment from which recovery counts. */
export const faults = {
  'event node killed': async (spil) => killed(await anEventNode(spil)),

  // By a process that is not Spil's, on the same port and log; later Spil gets both back.
  'event node replaced': async (spil, { random, answers }) => {
    const pid = await anEventNode(spil);
    const standby = await aStandby(spil);
    signalled(pid, random() < 0.5 ? 'SIGTERM' : 'SIGKILL');
    const replacement = await standby.leading;
    await answers();
    await replacement.stop();
    return performance.now();
  },

  'event node frozen': async (spil, { freezeMs }) => {
    const pid = await anEventNode(spil);
    return frozen(freezeMs, () => [pid]);
  },

  'Postgres frozen': async (spil, { freezeMs }) => {
    const postmaster = await spil.postmaster();
    return frozen(freezeMs, async () => [postmaster, ...(await childrenOf(postmaster))]);
  },

  // Postgres then ends all sessions and recovers from its log.
  'Postgres session killed': async (spil, { random }) => {
    const sessions = await childrenOf(await spil.postmaster());
    return killed(sessions[Math.floor(random() * sessions.length)]);
  },

  // Immediate stop: no checkpoint, no goodbye; Spil starts it again, and it recovers from its log.
  'Postgres stopped at once': async (spil) => signalled(await aPostmaster(spil), 'SIGQUIT'),

  'Postgres killed': async (spil) => signalled(await aPostmaster(spil), 'SIGKILL'),

  // No file may grow past its first megabyte, which stops the log of Postgres, until the limit is lifted.
  'disk full': async (spil) => {
    await limitFiles(spil, '1048576:');
    await pause(FULL_MS);
    await limitFiles(spil, 'unlimited:');
    return performance.now();
  },

  'rebuild killed': async (spil) => {
    const rebuild = await aRebuild(spil);
    return killed(rebuild);
  },

  'Spil killed': async (spil) => {
    const at = performance.now();
    await spil.end('SIGKILL');
    await spil.start();
    return at;
  },

  'Spil restarted': async (spil) => {
    const at = performance.now();
    await spil.end('SIGINT');
    await spil.start();
    return at;
  },
};

/** The event node; it may be on its way back from an earlier fault. */
async function anEventNode(spil) {
  for (let tries = 0; tries < 300; tries++) {
    try {
      return await spil.eventNode();
    } catch {
      await pause(100);
    }
  }
  return spil.eventNode();
}

/** Another event node, which waits for the end of the one that runs. */
async function aStandby(spil) {
  const options = { databaseUrl: await spil.database('spil_events'), port: await spil.eventNodePort() };
  return new Promise((resolve, reject) => {
    const onLog = (line) => line.includes('waits for another one') && resolve({ leading });
    const leading = spawnEventNode({ ...options, onLog });
    leading.then(() => resolve({ leading }), reject);
  });
}

const killed = (pid) => signalled(pid, 'SIGKILL');

function signalled(pid, signal) {
  process.kill(pid, signal);
  return performance.now();
}

/** The database server; it may be on its way back from an earlier fault. */
async function aPostmaster(spil) {
  for (let tries = 0; tries < 300; tries++) {
    const pid = await spil.postmaster().catch(gone);
    if (pid > 0 && existsSync(`/proc/${pid}`)) return pid;
    await pause(100);
  }
  throw new Error('Postgres did not come back');
}

/** A process that ended has no files; anything else that goes wrong is no such news. */
function gone(error) {
  if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
  return undefined;
}

/** A limit on the size of files (`prlimit`), for Spil, for its database server and sessions, and for all that they start. */
async function limitFiles(spil, limit) {
  const postmaster = await spil.postmaster().catch(gone);
  const sessions = (postmaster && (await childrenOf(postmaster).catch(gone))) ?? [];
  for (const pid of [spil.pid, postmaster, ...sessions]) {
    if (!pid || !existsSync(`/proc/${pid}`)) continue;
    const { status, stderr } = asOwnerOf(pid, ['prlimit', '--pid', String(pid), `--fsize=${limit}`]);
    // A session may have ended meanwhile.
    if (status !== 0 && existsSync(`/proc/${pid}`)) throw new Error(`prlimit: ${stderr}`);
  }
}

/** Runs a command as the user that a process belongs to, who alone may limit it. */
function asOwnerOf(pid, [command, ...args]) {
  const { uid, gid } = statSync(`/proc/${pid}`);
  const other = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', command, ...args];
  const [program, ...rest] = uid === process.getuid() ? [command, ...args] : other;
  return spawnSync(program, rest, { encoding: 'utf8' });
}

/** An operator's rebuild of all read models that has begun to fill new tables. */
async function aRebuild(spil) {
  const client = new pg.Client({ connectionString: await spil.database('spil_read') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let tries = 0; tries < 5; tries++) {
      const args = ['dist/apps/operator/src/main.js', '--data', spil.dataFolder, 'rebuild', '--all'];
      const rebuild = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      rebuild.stderr.on('data', (text) => (said += text));
      while (rebuild.exitCode === null) {
        const { rows } = await client.query('SELECT 1 FROM projection.generation WHERE NOT live');
        if (rows.length > 0) return rebuild.pid;
      }
      if (rebuild.exitCode !== 0) throw new Error(`the rebuild failed: ${said}`);
    }
    throw new Error('no rebuild lasted long enough to be killed');
  } finally {
    await client.end();
  }
}

async function frozen(milliseconds, pidsOf) {
  for (const pid of await pidsOf()) process.kill(pid, 'SIGSTOP');
  await pause(milliseconds);
  for (const pid of await pidsOf()) process.kill(pid, 'SIGCONT');
  return performance.now();
}
