import { Presets, SingleBar } from 'cli-progress';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { exists } from './files.js';
import { importTokens } from './logins.js';
import { graphqlSink } from './pilot/graphql-sink.js';
import { loadPilot } from './pilot/load.js';
import { pilotPlans } from './pilot/plan.js';
import type { Stack } from './stack.js';

/**
 * Sends the pilot, or `scale` times its volume, through the running service, with a progress bar. Started again after a stop it
 * goes on where it was: every command has the same id on every run.
 */
export async function loadPilotInto(
  stack: Pick<Stack, 'service' | 'issuer' | 'worker'>,
  options: { scale: number; signal?: AbortSignal },
): Promise<void> {
  const { scale, signal } = options;
  let last = 0n;
  const sink = graphqlSink({
    endpoint: stack.service.graphqlUrl,
    tokenFor: importTokens(stack.issuer),
    onPosition: (position) => {
      if (position > last) last = position;
    },
  });
  const bar = new SingleBar(
    {
      format: 'pilot {bar} {percentage}% | {value}/{total} steps | {duration_formatted}',
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    Presets.shades_classic,
  );
  let before = 0;
  try {
    for (const plan of pilotPlans({ scale })) {
      let ofThis = 0;
      await loadPilot({
        plan,
        sink,
        ...(signal && { signal }),
        onProgress: ({ done, total }) => {
          if (before === 0 && ofThis === 0) bar.start(total * scale, 0);
          ofThis = total;
          bar.update(before + done);
        },
      });
      before += ofThis;
    }
  } finally {
    bar.stop();
  }
  await untilProjected(stack.worker, last, signal);
}

/** Waits until every read model has taken in what was recorded. */
async function untilProjected(
  worker: Stack['worker'],
  position: bigint,
  signal: AbortSignal | undefined,
): Promise<void> {
  const behind = (): boolean =>
    worker.health().projections.some((projection) => (projection.position?.commit ?? 0n) < position);
  while (behind()) await wait(50, undefined, signal && { signal });
}

/** Loads the pilot unless an earlier start of this data folder finished loading it; `signal` stops it until the next start. */
export async function loadPilotOnce(
  dataFolder: string,
  stack: Pick<Stack, 'service' | 'issuer' | 'worker'>,
  signal: AbortSignal,
): Promise<void> {
  const marker = join(dataFolder, 'pilot-loaded.json');
  if (await exists(marker)) return;
  try {
    await loadPilotInto(stack, { scale: 1, signal });
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  await writeFile(marker, '{ "scale": 1 }\n');
  console.log('The pilot is loaded.');
}
