import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { childrenOf } from './running-spil.mjs';

/** What can happen to a running Spil. Each resolves when the cause is gone, with the moment from which recovery counts. */
export const faults = {
  'event node killed': async (spil) => killed(await anEventNode(spil)),

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

function killed(pid) {
  process.kill(pid, 'SIGKILL');
  return performance.now();
}

async function frozen(milliseconds, pidsOf) {
  for (const pid of await pidsOf()) process.kill(pid, 'SIGSTOP');
  await pause(milliseconds);
  for (const pid of await pidsOf()) process.kill(pid, 'SIGCONT');
  return performance.now();
}
