import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalIssuer } from '@spil/access';
import { withProgressBar } from '@spil/progress';
import { projectionNames, watchCheckpoints } from '@spil/read-model';
import { exists } from './files.js';
import { importTokens } from './logins.js';
import { graphqlSink } from './pilot/graphql-sink.js';
import { loadPilot } from './pilot/load.js';
import { pilotPlans } from './pilot/plan.js';
import type { Stack } from './stack.js';

/** The Spil that the pilot is loaded into. */
export interface PilotTarget {
  readonly graphqlUrl: string;
  /** Issues the tokens that it accepts. */
  readonly issuer: LocalIssuer;
  /** Read database, as any role that may read. */
  readonly readUrl: string;
}

/** A running stack as the target of a load. */
export const targetOf = ({
  service,
  issuer,
  infrastructure,
}: Pick<Stack, 'service' | 'issuer' | 'infrastructure'>): PilotTarget => ({
  graphqlUrl: service.graphqlUrl,
  issuer,
  readUrl: infrastructure.readServiceUrl,
});

/**
 * Sends the pilot, or `scale` times its volume, through the running service, with a progress bar, and waits until it can be
 * queried. Started again after a stop it goes on where it was: every command has the same id on every run.
 * @returns the number of steps sent
 */
export async function loadPilotInto(
  { graphqlUrl, issuer, readUrl }: PilotTarget,
  options: { scale: number; signal?: AbortSignal },
): Promise<number> {
  const { scale, signal } = options;
  let last = 0n;
  const sink = graphqlSink({
    endpoint: graphqlUrl,
    tokenFor: importTokens(issuer),
    onPosition: (position) => {
      if (position > last) last = position;
    },
  });
  const sent = await withProgressBar('pilot', 'steps', async (progress) => {
    let before = 0;
    for (const plan of pilotPlans({ scale })) {
      let ofThis = 0;
      await loadPilot({
        plan,
        sink,
        ...(signal && { signal }),
        onProgress: ({ done, total }) => {
          ofThis = total;
          progress(before + done, total * scale);
        },
      });
      before += ofThis;
    }
    return before;
  });
  await untilProjected(readUrl, last, signal);
  return sent;
}

/** Milliseconds between two looks whether the load was stopped meanwhile. */
const patienceMs = 1_000;

/** Waits until every read model has taken in what was recorded. */
async function untilProjected(
  readUrl: string,
  position: bigint,
  signal: AbortSignal | undefined,
): Promise<void> {
  const watch = watchCheckpoints(readUrl);
  try {
    const wait = {
      projections: projectionNames,
      position: { commit: position, prepare: position },
      timeoutMs: patienceMs,
    };
    while ((await watch.waitForPosition(wait)).kind !== 'reached') signal?.throwIfAborted();
  } finally {
    await watch.close();
  }
}

/** Loads the pilot unless an earlier start of this data folder finished loading it; `signal` stops it until the next start. */
export async function loadPilotOnce(
  dataFolder: string,
  target: PilotTarget,
  signal: AbortSignal,
): Promise<void> {
  if (await exists(markerIn(dataFolder))) return;
  try {
    await loadPilotInto(target, { scale: 1, signal });
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  await markLoaded(dataFolder, 1);
  console.log('The pilot is loaded.');
}

/** Notes that this folder holds the pilot, so that the next start does not load it again. */
export const markLoaded = (dataFolder: string, scale: number): Promise<void> =>
  writeFile(markerIn(dataFolder), `${JSON.stringify({ scale })}\n`);

const markerIn = (dataFolder: string): string => join(dataFolder, 'pilot-loaded.json');
