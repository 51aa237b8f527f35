import { withProgressBar } from '@spil/progress';
import type { Projection } from '../../projection-worker/src/runtime/projection.js';
import { rowNamed } from '../../projection-worker/src/runtime/compare-tables.js';
import { verifyProjection, type Verdict } from '../../projection-worker/src/runtime/verify.js';
import { exitCodes, type Answer } from './answer.js';
import { columns } from './read-models.js';
import { withEventStore, type Spil } from './spil.js';
import { verifyMetrics, writeMetrics } from './verify-metrics.js';

/** Thousandths are fine enough for a bar. */
const whole = 1_000;

/** Compares read models row by row with a fresh fold of the log. */
export async function verify(
  spil: Spil,
  projections: readonly Projection[],
  metricsFile: string | undefined,
): Promise<Answer> {
  return withEventStore(spil, async ({ store, codec }) => {
    const verdicts: Verdict[] = [];
    for (const projection of projections) {
      verdicts.push(
        await withProgressBar(projection.name.padEnd(10), undefined, (progress) => {
          progress(0, whole);
          return verifyProjection(projection, {
            store,
            codec,
            url: spil.readUrl,
            onProgress: (share) => progress(Math.round(share * whole), whole),
          });
        }),
      );
    }
    await writeMetrics(metricsFile, verifyMetrics(verdicts, new Date()));
    const equal = verdicts.every((verdict) => verdict.equal);
    return {
      exit: equal ? exitCodes.ok : exitCodes.failed,
      json: {
        equal,
        verdicts: verdicts.map((verdict) => ({ ...verdict, position: verdict.position?.commit ?? null })),
      },
      text: [
        columns(verdicts.flatMap(tableLines)),
        ...verdicts.flatMap(differenceLines),
        ...parkedLine(verdicts),
        equal
          ? 'Every row is as its events make it.'
          : 'There are differences: find out why, then put the rows right with: spil rebuild <read model>',
      ].join('\n'),
    };
  });
}

const tableLines = ({ projection, position, tables }: Verdict): string[][] =>
  tables.map(({ table, rows, differences, digest }) => [
    `${projection}.${table}`,
    differences === 0 ? 'equal' : `${differences} DIFFERENT`,
    `${rows} rows`,
    `at ${position?.commit ?? 'the beginning'}`,
    `sha256 ${digest.slice(0, 16)}`,
  ]);

/** What is parked is behind its events, and no difference. */
function parkedLine(verdicts: readonly Verdict[]): string[] {
  const parked = verdicts.filter((verdict) => verdict.parked > 0);
  if (parked.length === 0) return [];
  const counts = parked.map((verdict) => `${verdict.parked} of ${verdict.projection}`);
  return [
    `Parked streams, compared as of before the event that parked them: ${counts.join(', ')}; spil status names them.`,
  ];
}

const differenceLines = ({ projection, tables, unfoldable }: Verdict): string[] => [
  ...tables.flatMap(({ table, examples }) =>
    examples.map((difference) => `${projection}.${table}: ${rowNamed(difference)}`),
  ),
  ...unfoldable.map(
    ({ stream, revision, error }) =>
      `${projection}: ${stream} cannot be folded from revision ${revision} on: ${error}`,
  ),
];
