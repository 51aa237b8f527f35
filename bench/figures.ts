import {
  completeRegistrations,
  contactOutcome,
  leadTimes,
  openReadDatabase,
  ratings,
  registrations,
  registrationsByKind,
  relevance,
  usersByKind,
  type FigureFilter,
  type ReadDatabase,
} from '@spil/read-model';
import { fillCountry, largestMunicipality, middlingLocation } from './support/country.js';
import { withClient, type Bench, type ReadDatabaseUrls } from './support/place.js';
import { quantile } from './support/report.js';

const sizes = { small: 10_000, large: 1_000_000 } as const;
const repeats = 21;
const year: FigureFilter = { from: '2025-01-01', to: '2025-12-31' };
/** Months in the middle, days at both edges. */
const edges: FigureFilter = { from: '2025-01-10', to: '2025-12-20' };

/** What a governance dashboard asks. */
const reports: Readonly<Record<string, (db: ReadDatabase) => Promise<unknown>>> = {
  'users by kind': (db) => usersByKind(db, year),
  'registrations by location': (db) => registrations(db, year, 'LOCATION'),
  'registrations of a municipality': (db) =>
    registrationsByKind(db, { ...edges, clientMunicipality: largestMunicipality }),
  'relevance by area, first line': (db) => relevance(db, { ...edges, line: 'FIRST' }, 'AREA'),
  'with and without contact': (db) => contactOutcome(db, year),
  'complete registrations by kind': (db) => completeRegistrations(db, edges, 'ORGANISATION_KIND'),
  'ratings of one location': (db) => ratings(db, { ...year, locationId: middlingLocation }),
  'lead times': (db) => leadTimes(db, edges),
};

/** The time that the database needs for each statement of a report, as it says itself; the slowest report counts. */
export async function figures(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const urls: Record<string, ReadDatabaseUrls> = {};
  for (const [name, full] of Object.entries(sizes)) {
    const cases = Math.max(1_000, Math.round(full * (name === 'large' ? scale : 1)));
    const made = await bench.readDatabase(`figures_${name}`);
    report.note(`figures of ${cases.toLocaleString('en')} cases: ${await fillCountry(made.owner, cases)}`);
    urls[name] = made;
  }
  const { small, large } = urls;
  if (!small || !large) throw new Error('the two sizes were not filled');
  const databases = {
    small: await openReadDatabase(small.service),
    large: await openReadDatabase(large.service),
  };
  try {
    const times: Record<keyof typeof databases, Record<string, number[]>> = { small: {}, large: {} };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const size of ['small', 'large'] as const)
        for (const [name, run] of Object.entries(reports))
          (times[size][name] ??= []).push(await databaseTime(databases[size], run));
    }
    const medians = (size: keyof typeof databases) =>
      Object.entries(times[size]).map(([name, values]) => ({ name, ms: quantile(values.slice(1), 0.5) }));
    const slowest = medians('large').reduce((a, b) => (a.ms > b.ms ? a : b));
    report.line(
      'report, ms in the database',
      slowest.ms,
      { atMost: 10 },
      `slowest: ${slowest.name}; ${medians('large')
        .map(({ name, ms }) => `${name} ${ms.toFixed(2)}`)
        .join(', ')}`,
    );
    const total = (size: keyof typeof databases) => medians(size).reduce((sum, { ms }) => sum + ms, 0);
    report.line(
      'reports at most cases / at 10,000 cases',
      total('large') / total('small'),
      { atMost: 1.2 },
      `${total('large').toFixed(2)} ms / ${total('small').toFixed(2)} ms for ${Object.keys(reports).length} reports`,
    );
    const raw: number[] = [];
    // As a client of its own asks it, with all the helpers that the database gives it.
    await withClient(large.service, async (client) => {
      for (let repeat = 0; repeat < 3; repeat += 1) {
        const { rows } = await client.query<Explained>(
          explain(`SELECT location_id, count(*)::int FROM read.case_row
            WHERE registered_at >= '2025-01-01' AND registered_at < '2026-01-01' GROUP BY location_id`),
        );
        raw.push(timeOf(rows));
      }
    });
    const one = medians('large').find(({ name }) => name === 'registrations by location')?.ms ?? Number.NaN;
    const grouped = quantile(raw, 0.5);
    report.line(
      'GROUP BY over the cases / report of the same',
      grouped / one,
      { atLeast: 20 },
      `${grouped.toFixed(1)} ms / ${one.toFixed(2)} ms`,
    );
  } finally {
    await Promise.all(Object.values(databases).map((db) => db.destroy()));
  }
}

/** Runs the statements of a report once more under EXPLAIN ANALYZE and adds up what the database says that they took. */
async function databaseTime(db: ReadDatabase, run: (db: ReadDatabase) => Promise<unknown>): Promise<number> {
  const statements: { sql: string; parameters: unknown[] | undefined }[] = [];
  const noting = new Proxy(db, {
    get: (target, property) =>
      property === 'query'
        ? (sql: string, parameters?: unknown[]) => {
            statements.push({ sql, parameters });
            return target.query(sql, parameters);
          }
        : (Reflect.get(target, property) as unknown),
  });
  await run(noting);
  let ms = 0;
  for (const { sql, parameters } of statements)
    ms += timeOf(await db.query<Explained[]>(explain(sql), parameters));
  return ms;
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly 'Planning Time': number; readonly 'Execution Time': number }[];
}

const explain = (sql: string): string => `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`;

function timeOf([row]: readonly Explained[]): number {
  const plan = row?.['QUERY PLAN'][0];
  if (!plan) throw new Error('the database did not say how long a statement took');
  return plan['Planning Time'] + plan['Execution Time'];
}
