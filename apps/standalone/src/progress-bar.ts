import { Presets, SingleBar } from 'cli-progress';

/** Told how far a work is. */
export type Progress = (done: number, total: number) => void;

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
    {
      format: `${label} {bar} {percentage}%${counted} | {duration_formatted}`,
      stream: process.stderr,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
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
