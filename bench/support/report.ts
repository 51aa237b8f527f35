import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** A goal of a ratio: at least, or at most. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number } | undefined;

export interface Line {
  readonly name: string;
  readonly ratio: number;
  readonly goal: Goal;
  /** The figures behind the ratio, with units. */
  readonly figures: string;
}

/** Tells what was measured, each line as soon as it is known. */
export class Report {
  readonly lines: Line[] = [];

  machine(): void {
    const memory = Math.round(totalmem() / 2 ** 30);
    const load = loadavg()[0]?.toFixed(1) ?? '?';
    console.log(
      `machine  ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}, load ${load} at the start; embedded Postgres 18 with fsync, ${new Date().toISOString().slice(0, 10)}`,
    );
  }

  /** What was set up, with sizes and seeds. */
  note(text: string): void {
    console.log(`         ${text}`);
  }

  line(name: string, ratio: number, goal: Goal, figures: string): void {
    this.lines.push({ name, ratio, goal, figures });
    const met = goal === undefined ? '      ' : isMet(ratio, goal) ? 'met   ' : 'MISSED';
    console.log(
      `${name.padEnd(52)} ${shown(ratio).padStart(7)}  ${goalText(goal).padEnd(9)} ${met} (${figures})`,
    );
  }

  /** The rows of the table in docs/performance.md. */
  markdown(): string {
    const rows = this.lines.map(
      ({ name, ratio, goal, figures }) =>
        `| ${name} | ${shown(ratio)}${goal === undefined || isMet(ratio, goal) ? '' : ' (missed)'} | ${goalText(goal)} | ${figures} |`,
    );
    return ['| figure | measured | goal | behind it |', '| --- | --- | --- | --- |', ...rows].join('\n');
  }

  summary(): string {
    const judged = this.lines.filter(({ goal }) => goal !== undefined);
    const met = judged.filter(({ ratio, goal }) => isMet(ratio, goal)).length;
    return `${met} of ${judged.length} goals met`;
  }
}

const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

const isMet = (ratio: number, goal: Goal): boolean =>
  goal === undefined || ('atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost);

const goalText = (goal: Goal): string =>
  goal === undefined ? '-' : 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;

/** Per second, with thousands separated. */
export const perSecond = (count: number, ms: number): string =>
  `${Math.round(count / (ms / 1_000)).toLocaleString('en')}/s`;

/** The value below which this share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
