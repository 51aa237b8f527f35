import {
  caseTable,
  createIndexes,
  cubeTable,
  leadTimeBuckets,
  municipalityCubeTable,
  rollUps,
  rollUpsOf,
  summedOver,
  type Metric,
  type RollUp,
  type TableShape,
} from '@spil/read-model';
import type pg from 'pg';
import { withClient } from './place.js';

const locations = 120;
const municipalities = 342;

const locationId = (number: string): string =>
  `'00000004-0000-4000-8000-' || lpad((${number})::text, 12, '0')`;
/** A location of middling size. */
export const middlingLocation = '00000004-0000-4000-8000-000000000040';
/** Where the most clients live. */
export const largestMunicipality = 'GM1000';

const evenly = 1 << 20;
/** A whole number below {@link evenly}, fixed by the case's number and what is asked. */
const drawn = (asked: number): string => `(hashint8extended(n, ${asked}) & ${evenly - 1})`;
/** The same between 0 and 1. */
const chance = (asked: number): string => `(${drawn(asked)} / ${evenly}::float8)`;

/** One of some texts, each as often as its weight says. */
function oneOf(asked: number, weights: Readonly<Record<string, number>>): string {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let upTo = 0;
  const branches = Object.entries(weights).map(([text, weight]) => {
    upTo += weight;
    return `WHEN ${drawn(asked)} < ${Math.round((upTo / total) * evenly)} THEN '${text}'`;
  });
  return `CASE ${branches.join(' ')} END`;
}

/** Minutes as waits are: half of them below the median, a few very much longer; as the bucket that they count in. */
const wait = (asked: number, median: number): string =>
  `(ARRAY[${leadTimeBuckets.join(',')}])[width_bucket(
     (${median} * power((${chance(asked)} + 0.0001) / (1.0001 - ${chance(asked)}), 1.1))::float8, ARRAY[${leadTimeBuckets.join(',')}]::float8[])]::text`;

interface Contribution {
  /** Share of the cases that contribute. */
  readonly share: number;
  readonly other?: string;
  readonly value?: string;
}

/** What a case adds to the metrics that the reports read. */
const contributions: readonly (readonly [Metric, Contribution])[] = [
  [
    'REGISTRATION',
    {
      share: 1,
      value: oneOf(1, {
        FIRST_LINE_CONVERSATION_SOUGHT: 60,
        FIRST_LINE_SIGNALERING_ONLY: 25,
        COUNTERPART: 15,
      }),
    },
  ],
  ['RELEVANCE', { share: 1, value: oneOf(2, { NO: 60, NOT_ANSWERED: 20, YES: 15, NOT_ASKED: 5 }) }],
  ['CONTACT_OUTCOME', { share: 1, value: oneOf(3, { WITH: 88, WITHOUT: 12 }) }],
  ['ACTIVE_USER', { share: 1, value: `location_id || kind || floor(7 * power(${chance(4)}, 1.5))` }],
  ['COMPLETE', { share: 0.45, other: oneOf(5, { ADVOCATUUR: 90, MEDIATION: 10 }) }],
  [
    'RATING',
    {
      share: 0.8,
      other: oneOf(6, { ASKING: 55, CONSULTED: 45 }),
      value: oneOf(7, {
        8: 35,
        7: 25,
        9: 12,
        NOT_ANSWERED: 12,
        6: 8,
        10: 4,
        5: 2,
        4: 1,
        3: 0.5,
        2: 0.3,
        1: 0.2,
      }),
    },
  ],
  ['LEAD_REGISTRATION_TO_CONTACT', { share: 0.88, value: wait(8, 180) }],
  ['LEAD_REQUEST_TO_CONTACT', { share: 0.88, value: wait(9, 45) }],
  ['LEAD_REFERRAL_TO_ACCEPTANCE', { share: 0.3, value: wait(10, 2_000) }],
  ['LEAD_HANDOVER_OFFER_TO_ACCEPTANCE', { share: 0.15, value: wait(11, 1_500) }],
  ['LEAD_HANDOVER_ACCEPTANCE_TO_COMPLETION', { share: 0.12, value: wait(12, 6_000) }],
];

/**
 * The roll-ups and case rows that so many cases of one year come to, made in the database: a log of a million cases would
 * take the hour. Uneven as a country is: a tenth of the locations has a third of the cases, a location works for its own
 * municipality and its neighbours and is of one kind for the most part, offices are closed at the weekend, waits last from
 * minutes to months, and what happened is recorded the same day, or later.
 */
export async function fillCountry(ownerUrl: string, cases: number): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    await client.query(
      `SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off`,
    );
    await client.query(`
      CREATE TEMP TABLE made AS
      SELECT n, ${locationId('place')} AS location_id,
        CASE WHEN ${chance(24)} < 0.85
          THEN (ARRAY['SOCIAAL_RAADSLIEDEN','SOCIAAL_RAADSLIEDEN','JURIDISCH_LOKET','ADVOCATUUR'])[1 + place % 4]
          ELSE ${oneOf(23, { JURIDISCH_LOKET: 40, ADVOCATUUR: 35, SOCIAAL_RAADSLIEDEN: 25 })} END AS kind,
        ${oneOf(22, { HUURRECHT: 26, ARBEIDSRECHT: 18, VERBINTENISSENRECHT: 16, SOCIALEZEKERHEIDSRECHT: 12, SOCIALE_VOORZIENINGENRECHT: 10, CONSUMENTENRECHT: 8, VREEMDELINGENRECHT: 6, ANDERS: 4 })} AS area,
        'GM' || 1000 + (place * 3 + CASE WHEN ${chance(26)} < 0.7 THEN 0 ELSE floor(8 * ${chance(27)})::int END - 3) % ${municipalities} AS municipality,
        day, day + CASE WHEN ${chance(28)} < 0.85 THEN 0 WHEN ${chance(28)} < 0.95 THEN 1 ELSE floor(30 * power(${chance(29)}, 3))::int END AS recorded
      FROM (
        SELECT n, place, any_day - CASE extract(isodow FROM any_day) WHEN 6 THEN 1 WHEN 7 THEN 2 ELSE 0 END AS day
        FROM (
          SELECT n, 1 + floor(${locations} * power(${chance(20)}, 2))::int AS place,
            date '2025-01-03' + floor(363 * ${chance(21)})::int AS any_day
          FROM generate_series(1, ${cases}) AS n) AS numbers) AS placed`);
    const schemas = await liveSchemas(client);
    await bare(client, schemas.figures, municipalityCubeTable, () =>
      fillMunicipality(client, schemas.figures),
    );
    await bare(client, schemas.figures, cubeTable, () => fillCube(client, schemas.figures));
    await bare(client, schemas.case, caseTable, () =>
      client.query(`
        INSERT INTO "${schemas.case}".case_row
        SELECT ('00000009-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'CODE-' || n, 'OPEN', location_id,
          'organisatie-' || n % 80, kind, 'professional-' || n % 400, day + time '09:00' + n % 3600 * interval '1 second', municipality,
          area, ARRAY[area], NULL, NULL, n % 20 = 0, 1, 0, 0, 0, 'PIKET_REQUEST_OPEN',
          day + time '09:00' + n % 3600 * interval '1 second', 3, '{}' FROM made`),
    );
    for (const table of [municipalityCubeTable, cubeTable])
      await client.query(`VACUUM (ANALYZE) "${schemas.figures}".${table.name}`);
    await client.query(`VACUUM (ANALYZE) "${schemas.case}".case_row`);
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM "${schemas.figures}".${cubeTable.name}`,
    );
    return `${Number(rows[0]?.count).toLocaleString('en')} cells over all municipalities; ${locations} locations, ${municipalities} municipalities`;
  });
}

async function liveSchemas(client: pg.Client): Promise<{ figures: string; case: string }> {
  const { rows } = await client.query<{ projection: string; schema: string }>(
    'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
  );
  const schemaOf = (projection: string): string => {
    const found = rows.find((row) => row.projection === projection)?.schema;
    if (found === undefined) throw new Error(`no live ${projection}`);
    return found;
  };
  return { figures: schemaOf('figures'), case: schemaOf('case') };
}

/** Fills a table without its key and indexes, and makes those afterwards. */
async function bare(
  client: pg.Client,
  schema: string,
  table: TableShape,
  fill: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT indexname AS name FROM pg_indexes WHERE schemaname = $1 AND tablename = $2 AND indexname <> $2 || '_pkey'`,
    [schema, table.name],
  );
  for (const { name } of rows) await client.query(`DROP INDEX "${schema}"."${name}"`);
  await client.query(`ALTER TABLE "${schema}".${table.name} DROP CONSTRAINT ${table.name}_pkey`);
  await fill();
  for (const statement of createIndexes(table, schema)) await client.query(statement);
}

const monthOf = (column: string): string => `date_trunc('month', ${column})::date`;
const yearOf = (column: string): string => `date_trunc('year', ${column})::date`;

/** The metric whose cells of a municipality, and of a place and area, are filled too; those of other metrics lie apart. */
const inFull: Metric = 'REGISTRATION';
/** Those whose cells of a place are filled: reports read no others. */
const byPlace: readonly Metric[] = [inFull, 'RATING', 'ACTIVE_USER'];

async function fillMunicipality(client: pg.Client, schema: string): Promise<void> {
  const { other = `''`, value = `''` } = contributions.find(([metric]) => metric === inFull)?.[1] ?? {};
  for (const [grain, occurred] of [
    ['DAY', 'day'],
    ['MONTH', monthOf('day')],
  ] as const)
    await client.query(`
      INSERT INTO "${schema}".${municipalityCubeTable.name}
        (metric, grain, municipality, occurred, recorded, location_id, organisation_kind, area, other, value, count)
      SELECT '${inFull}', '${grain}', municipality, ${occurred}, ${monthOf('recorded')}, location_id, kind, area, ${other}, ${value}, count(*)
      FROM made GROUP BY 3, 4, 5, 6, 7, 8, 9, 10`);
}

/** The roll-ups that each is made from, here and nowhere else: fewer rows to read than the cases. */
const madeFrom: Readonly<Record<RollUp, RollUp | undefined>> = {
  PLACE_AND_AREA: undefined,
  PLACE: undefined,
  AREA: undefined,
  KIND: 'AREA',
  NATION: 'KIND',
};

/** Every roll-up by day, month and year, as the worker makes them. Those by day of recording are for the past and left out. */
async function fillCube(client: pg.Client, schema: string): Promise<void> {
  const names =
    'roll_up, metric, grain, location_id, area, occurred, recorded, organisation_kind, other, value, count';
  const target = `"${schema}".${cubeTable.name}`;
  for (const name of ['rolled', 'year_rolled'])
    await client.query(`CREATE TEMP TABLE ${name} (LIKE ${target})`);
  for (const [at, [metric, { share, other = `''`, value = `''` }]] of contributions.entries()) {
    for (const rollUp of Object.keys(madeFrom) as RollUp[]) {
      if (!rollUpsOf(metric).includes(rollUp)) continue;
      if (rollUp === 'PLACE_AND_AREA' && metric !== inFull) continue;
      if (rollUp === 'PLACE' && !byPlace.includes(metric)) continue;
      const finer = madeFrom[rollUp];
      const kept: readonly string[] = rollUps[rollUp];
      const of = (dimension: string, column: string): string =>
        kept.includes(dimension) ? column : `'${summedOver}'`;
      await client.query(
        finer === undefined
          ? `INSERT INTO rolled (${names})
             SELECT '${rollUp}', '${metric}', 'DAY', ${of('locationId', 'location_id')}, ${of('area', 'area')}, day, ${monthOf('recorded')}, kind, ${other}, ${value}, count(*)
             FROM made WHERE ${chance(100 + at)} < ${share} GROUP BY 4, 5, 6, 7, 8, 9, 10`
          : `INSERT INTO rolled (${names})
             SELECT '${rollUp}', metric, grain, '${summedOver}', '${summedOver}', occurred, recorded, ${of('organisationKind', 'organisation_kind')}, other, value, sum(count)
             FROM rolled WHERE roll_up = '${finer}' GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10`,
      );
    }
    for (const [grain, from, occurred, recorded] of [
      ['MONTH', 'DAY', monthOf('occurred'), 'recorded'],
      ['YEAR', 'MONTH', yearOf('occurred'), yearOf('recorded')],
    ])
      await client.query(
        `INSERT INTO rolled (${names})
         SELECT roll_up, metric, '${grain}', location_id, area, ${occurred}, ${recorded}, organisation_kind, other, value, sum(count)
         FROM rolled WHERE grain = '${from}' GROUP BY 1, 2, 4, 5, 6, 7, 8, 9, 10`,
      );
    await client.query(`INSERT INTO year_rolled SELECT * FROM rolled`);
    await client.query('TRUNCATE rolled');
  }
  // Cells of all metrics lie in the order in which a contribution first makes them.
  await client.query(`INSERT INTO ${target} SELECT * FROM year_rolled ORDER BY occurred`);
}
