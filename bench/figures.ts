import {
  completeRegistrations,
  leadTimes,
  openReadDatabase,
  ratings,
  registrations,
  relevance,
  type FigureFilter,
} from '@spil/read-model';
import type { ReadDatabase } from '@spil/read-model';
import { withClient, type Bench, type ReadDatabaseUrls } from './support/place.js';
import { quantile } from './support/report.js';

const sizes = { small: 10_000, large: 1_000_000 } as const;
const repeats = 21;
const year: FigureFilter = { from: '2025-01-01', to: '2025-12-31' };
/** Months in the middle, days at both edges. */
const edges: FigureFilter = { from: '2025-01-10', to: '2025-12-20' };

/** What a governance dashboard asks. */
const reports: Readonly<Record<string, (db: ReadDatabase) => Promise<unknown>>> = {
  'registrations by location': (db) => registrations(db, year, 'LOCATION'),
  'relevance by area, first line': (db) => relevance(db, { ...edges, line: 'FIRST' }, 'AREA'),
  'complete registrations by kind': (db) => completeRegistrations(db, edges, 'ORGANISATION_KIND'),
  'ratings of one location': (db) => ratings(db, { ...year, locationId: 'locatie-7' }),
  'lead times': (db) => leadTimes(db, year),
};

/** The time that the database needs for each statement of a report, as it says itself; the slowest report counts. */
export async function figures(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const urls: Record<string, ReadDatabaseUrls> = {};
  for (const [name, full] of Object.entries(sizes)) {
    const cases = Math.max(1_000, Math.round(full * (name === 'large' ? scale : 1)));
    const made = await bench.readDatabase(`figures_${name}`);
    const rows = await fill(made.owner, cases);
    report.note(
      `figures of ${cases.toLocaleString('en')} cases: ${rows} (40 locations, 100 municipalities, 365 days)`,
    );
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
    for (let repeat = 0; repeat < 3; repeat += 1)
      raw.push(
        await databaseTime(databases.large, (db) =>
          db.query(`SELECT location_id, count(*)::int FROM read.case_row
            WHERE registered_at >= '2025-01-01' AND registered_at < '2026-01-01' GROUP BY location_id`),
        ),
      );
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
  for (const { sql, parameters } of statements) {
    const [row] = await db.query<{ 'QUERY PLAN': { 'Planning Time': number; 'Execution Time': number }[] }[]>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`,
      parameters,
    );
    const plan = row?.['QUERY PLAN'][0];
    if (!plan) throw new Error('the database did not say how long a statement took');
    ms += plan['Planning Time'] + plan['Execution Time'];
  }
  return ms;
}

/**
 * The roll-ups and case rows that so many cases come to, made in the database: a log of a million cases would take the hour.
 * Cases spread over locations, kinds, areas, municipalities and the days of a year as a hash of their number says.
 */
async function fill(ownerUrl: string, cases: number): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ projection: string; schema: string }>(
      'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
    );
    const schemaOf = (projection: string): string => {
      const found = rows.find((row) => row.projection === projection)?.schema;
      if (found === undefined) throw new Error(`no live ${projection}`);
      return found;
    };
    await client.query(`
      CREATE TEMP TABLE made AS
      SELECT n, 'locatie-' || 1 + h % 40 AS location_id,
        (ARRAY['JURIDISCH_LOKET','SOCIAAL_RAADSLIEDEN','ADVOCATUUR'])[1 + (h / 41) % 3] AS kind,
        (ARRAY['HUURRECHT','ARBEIDSRECHT','CONSUMENTENRECHT','SOCIALEZEKERHEIDSRECHT','VREEMDELINGENRECHT','VERBINTENISSENRECHT','ANDERS'])[1 + (h / 7) % 7] AS area,
        'GM' || 1000 + (h / 11) % 100 AS municipality, date '2025-01-01' + (h / 3) % 365 AS day, h
      FROM (SELECT n, hashint4(n) & 2147483647 AS h FROM generate_series(1, ${cases}) AS n) AS numbers`);
    // What a case contributes: the shared dimensions, and per metric another and a value.
    const metrics: readonly (readonly [string, string, string])[] = [
      ['REGISTRATION', `''`, `'FIRST_LINE_CONVERSATION_SOUGHT'`],
      ['RELEVANCE', `''`, `(ARRAY['YES','NO','NOT_ANSWERED','NOT_ASKED'])[1 + h % 4]`],
      ['CONTACT_OUTCOME', `''`, `(ARRAY['WITH','WITHOUT'])[1 + h % 2]`],
      ['COMPLETE', `'ADVOCATUUR'`, `''`],
      ['LAT', `''`, `(ARRAY['YES','NO','NOT_ANSWERED'])[1 + h % 3]`],
      ['RATING', `(ARRAY['ASKING','CONSULTED'])[1 + h % 2]`, `(1 + (h / 5) % 10)::text`],
      [
        'LEAD_REGISTRATION_TO_CONTACT',
        `''`,
        `(ARRAY['0','5','30','60','240','1440','4320','10080'])[1 + h % 8]`,
      ],
      [
        'LEAD_REQUEST_TO_CONTACT',
        `''`,
        `(ARRAY['0','5','30','60','240','1440','4320','10080'])[1 + (h / 8) % 8]`,
      ],
    ];
    const cube = `"${schemaOf('figures')}".figure_cube`;
    for (const [metric, other, value] of metrics)
      for (const grain of ['MONTH', 'DAY'])
        for (const municipality of [`'*'`, 'municipality']) {
          const bucket = grain === 'MONTH' ? `date_trunc('month', day)::date` : 'day';
          await client.query(`
            INSERT INTO ${cube} (metric, grain, municipality, occurred, recorded, location_id, organisation_kind, area, other, value, count)
            SELECT '${metric}', '${grain}', ${municipality}, ${bucket}, ${bucket}, location_id, kind, area, ${other}, ${value}, count(*)
            FROM made GROUP BY 3, 4, 5, 6, 7, 8, 9, 10`);
        }
    await client.query(`
      INSERT INTO "${schemaOf('case')}".case_row
      SELECT ('00000009-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'CODE-' || n, 'OPEN', location_id,
        'organisatie-' || n % 80, kind, 'professional-' || n % 400, day + time '09:00' + n % 3600 * interval '1 second', municipality,
        area, ARRAY[area], NULL, NULL, n % 20 = 0, 1, 0, 0, 0, 'PIKET_REQUEST_OPEN',
        day + time '09:00' + n % 3600 * interval '1 second', 3, '{}' FROM made`);
    await client.query('VACUUM (ANALYZE)');
    const { rows: counted } = await client.query<{ count: string }>(`SELECT count(*) FROM ${cube}`);
    return `${Number(counted[0]?.count).toLocaleString('en')} rows of roll-ups`;
  });
}
