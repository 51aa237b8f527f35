import { setTimeout as delay } from 'node:timers/promises';
import { openCase, raadslied, settle, type Accepted } from './support/casework.js';
import { askMemory, tellsMemory, type Memory } from './support/memory.js';
import type { Bench } from './support/place.js';
import { quantile } from './support/report.js';
import { startSpil, ToldToTryAgain, type RunningSpil } from './support/spil.js';

const commandsWhenIdle = 200;
const commandsPerSecond = 20;
const samplePauseMs = 10_000;
/** A slope over less is noise and is told without being judged. */
const minutesToJudge = 30;

/** What one meets with Spil running as `npm start` runs it: how soon a step shows, and whether memory stays flat. */
export async function running(bench: Bench): Promise<void> {
  const spil = await startSpil(process.execPath, [
    ...tellsMemory,
    'dist/apps/standalone/src/main.js',
    '--no-pilot',
  ]);
  try {
    await settle(spil);
    await visible(bench, spil);
    await memory(bench, spil);
  } finally {
    await spil.stop();
  }
}

/** One command at a time, with nothing else going on: from sending it to the answer of a query that shows it. */
async function visible({ report, scale }: Bench, spil: RunningSpil): Promise<void> {
  const times: number[] = [];
  const warmUp = 20;
  for (let at = 0; at < warmUp + Math.max(50, commandsWhenIdle * scale); at += 1) {
    const started = performance.now();
    await shown(spil, await openCase(spil));
    if (at >= warmUp) times.push(performance.now() - started);
    await delay(20);
  }
  report.line(
    'command to visible in a query when idle, p99 in ms',
    quantile(times, 0.99),
    { atMost: 100 },
    `p50 ${quantile(times, 0.5).toFixed(1)} ms, ${times.length} cases registered and read back over GraphQL`,
  );
}

async function shown(spil: RunningSpil, { id, position }: Accepted): Promise<void> {
  const { case: found } = await spil.ask<{ case: { readonly id: string } | null }>(
    raadslied,
    'query ($id: Uuid!, $position: Position!) { case(id: $id, atLeast: { position: $position }) { id status waitingFor } }',
    { id, position },
  );
  if (found?.id !== id) throw new Error('a case that was registered does not show');
}

/**
 * Memory of the process that is both service and worker, under a steady load of commands and queries. What is still in use after a
 * collection is judged: resident memory is for the most part garbage, collected when Node thinks fit, and is told beside it.
 */
async function memory({ report, minutes }: Bench, spil: RunningSpil): Promise<void> {
  const samples: (Memory & { readonly hours: number })[] = [];
  const started = performance.now();
  const until = started + minutes * 60_000;
  let done = 0;
  let late = 0;
  const load = async (): Promise<void> => {
    while (performance.now() < until) {
      const due = started + (done / commandsPerSecond) * 1_000;
      done += 1;
      await delay(Math.max(0, due - performance.now()));
      try {
        await shown(spil, await openCase(spil));
      } catch (error) {
        if (!(error instanceof ToldToTryAgain)) throw error;
        late += 1;
      }
    }
  };
  const sample = async (): Promise<void> => {
    while (performance.now() < until) {
      samples.push({ hours: (performance.now() - started) / 3_600_000, ...(await askMemory(spil.child)) });
      await delay(samplePauseMs);
    }
  };
  await Promise.all([load(), load(), load(), load(), sample()]);
  // The first third is for warming up: caches fill.
  const settled = samples.slice(Math.floor(samples.length / 3));
  const from = (figure: keyof Memory): string =>
    `${settled.at(0)?.[figure].toFixed(0)} to ${settled.at(-1)?.[figure].toFixed(0)} MB`;
  report.line(
    'memory in use by service and worker, MB more per hour',
    slopeOf(settled, 'inUse'),
    minutes >= minutesToJudge ? { atMost: 10 } : undefined,
    `${from('inUse')}, resident ${from('resident')}, over ${minutes} minutes less the first third, ${done} commands, ${late} of them told to try again${minutes >= minutesToJudge ? '' : '; too short to judge, see --minutes'}`,
  );
}

/** Least squares. */
function slopeOf(samples: readonly (Memory & { readonly hours: number })[], figure: keyof Memory): number {
  const mean = (of: (sample: (typeof samples)[number]) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const hours = mean((sample) => sample.hours);
  const megabytes = mean((sample) => sample[figure]);
  const covariance = mean((sample) => (sample.hours - hours) * (sample[figure] - megabytes));
  return covariance / mean((sample) => (sample.hours - hours) ** 2);
}
