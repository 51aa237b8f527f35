import { Presets, SingleBar } from 'cli-progress';

const onStandardError = {
  stream: process.stderr,
  hideCursor: true,
  noTTYOutput: true,
  notTTYSchedule: 5_000,
} as const;

/** Told how far a work is. */
export type Progress = (done: number, total: number) => void;

/** Milliseconds of silence that nobody wonders about. */
const patience = 1_000;

/**
 * Shows on standard error how long a work lasts that cannot say how far it is, once that is longer than a moment, and takes the line
 * away at its end; without a terminal a line every five seconds.
 * @param label what is being done
 */
export async function withClock<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  const started = Date.now();
  const clock = new SingleBar({
    ...onStandardError,
    format: () => `${label} | ${Math.round((Date.now() - started) / 1_000)}s`,
    clearOnComplete: true,
  });
  const shown = setTimeout(() => clock.start(0, 0), patience);
  try {
    return await work();
  } finally {
    clearTimeout(shown);
    clock.stop();
  }
}

/**
 * Shows a bar on standard error while a work lasts, from its first word about itself on; without a terminal a line every
 * five seconds.
 * @param counts what is counted, for example `steps`; a share is shown without
 */
export async function withProgressBar<Result>(
  label: string,
  counts: string | undefined,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  const counted = counts === undefined ? '' : ` | {value}/{total} ${counts}`;
  const bar = new SingleBar(
    { ...onStandardError, format: `${label} {bar} {percentage}%${counted} | {duration_formatted}` },
    Presets.shades_classic,
  );
  let started = false;
  try {
    return await work((done, total) => {
      if (started) bar.update(done);
      else bar.start(total, done);
      started = true;
    });
  } finally {
    bar.stop();
  }
}
