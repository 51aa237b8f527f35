import { resolve } from 'node:path';
import { freePort } from '@spil/embedded';
import { readConnections } from '../../standalone/src/connections.js';
import { loadPilotInto, markLoaded, targetOf, type PilotTarget } from '../../standalone/src/load-pilot.js';
import { PilotUnavailable } from '../../standalone/src/pilot/pilot-sink.js';
import { standaloneConfig } from '../../standalone/src/config.js';
import { startStack } from '../../standalone/src/stack.js';
import { exitCodes, Unavailable, type Answer } from './answer.js';
import { pilotConfig } from './config.js';
import { withClock } from './progress-bar.js';
import { withHeldFolder } from './embedded.js';
import { issuerOf } from './issuer.js';
import { folderOf, type Whereabouts } from './spil.js';

/** Loads the pilot data set, or that many times its volume, through the public API. */
export async function pilot(whereabouts: Whereabouts, scale: number): Promise<Answer> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('stopped; the same command goes on where it was'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const started = performance.now();
  const steps = await withTarget(whereabouts, (target) =>
    loadPilotInto(target, { scale, signal: stopping.signal }),
  ).catch((error: unknown) => {
    throw error instanceof PilotUnavailable ? new Unavailable(error) : error;
  });
  const folder = folderOf(whereabouts);
  if (folder !== undefined) await markLoaded(folder, scale);
  const seconds = (performance.now() - started) / 1_000;
  return {
    exit: exitCodes.ok,
    json: { scale, steps, seconds: Math.round(seconds * 10) / 10 },
    text: `The pilot is loaded${scale === 1 ? '' : `, ${scale} times over`}: ${steps} steps in ${Math.round(seconds)} s.`,
  };
}

/** Where the load goes: the Spil that runs, or one that is started for it. */
async function withTarget<Result>(
  whereabouts: Whereabouts,
  work: (target: PilotTarget) => Promise<Result>,
): Promise<Result> {
  const folder = folderOf(whereabouts);
  if (folder === undefined) return work({ ...pilotConfig(process.env), issuer: await issuerOf(whereabouts) });
  const running = await readConnections(resolve(folder));
  if (running !== undefined) {
    const { graphqlUrl, readServiceUrl: readUrl } = running;
    return work({ graphqlUrl, readUrl, issuer: await issuerOf(whereabouts) });
  }
  return withHeldFolder(folder, async ({ path }) => {
    console.error(`Spil does not run on ${folder}: starting it for this command.`);
    const stack = await withClock('starting', async () =>
      startStack({
        dataFolder: path,
        port: await freePort(),
        loginPort: 0,
        settings: standaloneConfig({}),
        log: () => undefined,
      }),
    );
    try {
      return await work(targetOf(stack));
    } finally {
      await stack.stop();
    }
  });
}
