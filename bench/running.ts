import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openCase, raadslied, settle, type Accepted } from './support/casework.js';
import type { Bench } from './support/place.js';
import { quantile } from './support/report.js';
import { startSpil, ToldToTryAgain, type RunningSpil } from './support/spil.js';

const commandsWhenIdle = 200;
const commandsPerSecond = 20;
const samplePauseMs = 1_000;
/** A slope over less is noise and is told without being judged. */
const minutesToJudge = 30;

/** What one meets with Spil running as `npm start` runs it: how soon a step shows, and whether memory stays flat. */
export async function running(bench: Bench): Promise<void> {
  const spil = await startSpil(process.execPath, ['dist/apps/standalone/src/main.js', '--no-pilot']);
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

/** Resident memory of the process that is both service and worker, under a steady load of commands and queries. */
async function memory({ report, minutes }: Bench, spil: RunningSpil): Promise<void> {
  const samples: { readonly hours: number; readonly megabytes: number }[] = [];
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
      samples.push({
        hours: (performance.now() - started) / 3_600_000,
        megabytes: await residentMegabytes(spil.pid),
      });
      await delay(samplePauseMs);
    }
  };
  await Promise.all([load(), load(), load(), load(), sample()]);
  // The first third is for warming up: caches fill.
  const settled = samples.slice(Math.floor(samples.length / 3));
  report.line(
    'memory of service and worker, MB more per hour',
    slopeOf(settled),
    minutes >= minutesToJudge ? { atMost: 10 } : undefined,
    `${settled.at(0)?.megabytes.toFixed(0)} to ${settled.at(-1)?.megabytes.toFixed(0)} MB over ${minutes} minutes less the first third, ${done} commands, ${late} of them told to try again${minutes >= minutesToJudge ? '' : '; too short to judge, see --minutes'}`,
  );
}

async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Least squares. */
function slopeOf(samples: readonly { readonly hours: number; readonly megabytes: number }[]): number {
  const mean = (of: (sample: (typeof samples)[number]) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const hours = mean((sample) => sample.hours);
  const megabytes = mean((sample) => sample.megabytes);
  const covariance = mean((sample) => (sample.hours - hours) * (sample.megabytes - megabytes));
  return covariance / mean((sample) => (sample.hours - hours) ** 2);
}
