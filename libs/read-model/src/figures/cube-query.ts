import {
  dayInNetherlands,
  isFirstLine,
  isSecondLine,
  legalAreas,
  organisationKinds,
  type Day,
  type LegalArea,
  type OrganisationKind,
} from '@spil/domain';
import type { ReadDatabase } from '../database.js';
import { columnName } from '../schema/table.js';
import type { Metric } from './metrics.js';
import { rollUpFor, rollUps, summedOver, type RolledDimension } from './roll-ups.js';
import type { Dimensions } from './tables.js';

/** What a figure counts. Everything left out means all. */
export interface FigureFilter {
  /** First and last day, in the Netherlands, on which what is counted happened. */
  readonly from?: Day;
  readonly to?: Day;
  /** Where it was registered: the location of whoever did it, at that moment. */
  readonly locationId?: string;
  /** CBS code of where the client lives. */
  readonly clientMunicipality?: string;
  /** Of whoever did it: the registering, asking or recording organisation. */
  readonly organisationKind?: OrganisationKind;
  /** First line: Juridisch Loket and sociaal raadslieden; second line: advocatuur and mediation. */
  readonly line?: 'FIRST' | 'SECOND';
  readonly area?: LegalArea;
  /** As it stood at this moment: what was recorded later does not count. */
  readonly asOf?: Date;
}

type Dimension = Exclude<keyof Dimensions, 'metric' | 'municipality'>;

/** One cell of a figure. */
export type Cell<By extends Dimension> = Readonly<Record<By, string>> & { readonly count: number };

const earliest = '0001-01-01';
const latest = '9999-12-31';

/**
 * Sums contributions. Years and months come from the roll-ups by year and month, the edges of the period from those by
 * day; as of a moment, that moment's month comes from the roll-ups by day of recording and its day from the ledger, the only
 * part that grows with the number of cases.
 */
export async function sumFigure<By extends Dimension>(
  db: ReadDatabase,
  metric: Metric,
  filter: FigureFilter,
  by: readonly By[],
): Promise<Cell<By>[]> {
  const from = filter.from ?? earliest;
  const to = filter.to ?? latest;
  if (from > to) return [];
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const dimensions = by.map((dimension) => `${columnName(dimension)} AS "${dimension}"`).join(', ');
  const named = by.map((dimension) => columnName(dimension));
  const columns = named.join(', ');
  const selected = [...named, 'count'].join(', ');

  const pinned = pinnedBy(metric, filter, bind);
  const cube = cellsOf(metric, filter, by, pinned);
  const asOf = filter.asOf && momentParts(filter.asOf);
  const recorded = asOf ? ` AND recorded < ${bind(asOf.month)}` : '';
  // Years are kept over all municipalities only, and are too coarse to tell what was recorded before a moment.
  const years = !asOf && filter.clientMunicipality === undefined;
  const sources = periodParts(from, to, years).map(
    ({ grain, first, last, sign }) =>
      `SELECT ${[...named, sign < 0 ? '-count AS count' : 'count'].join(', ')} FROM ${cube} AND grain = '${grain}'
         AND occurred BETWEEN ${bind(first)} AND ${bind(last)}${recorded}`,
  );
  if (asOf) {
    const occurred = [bind(from), bind(to)] as const;
    sources.push(
      `SELECT ${selected} FROM ${cube} AND grain = 'RECORDED_DAY'
         AND recorded >= ${bind(asOf.month)} AND recorded < ${bind(asOf.day)}
         AND occurred BETWEEN ${occurred.join(' AND ')}`,
      `SELECT ${selected} FROM read.figure_ledger WHERE ${Object.values(pinned).join(' AND ')}
         AND recorded_at BETWEEN ${bind(asOf.notBefore)} AND ${bind(asOf.moment)}
         AND recorded_day = ${bind(asOf.day)} AND occurred_day BETWEEN ${occurred.join(' AND ')}`,
    );
  }
  return db.query<Cell<By>[]>(
    `SELECT ${dimensions === '' ? '' : `${dimensions}, `}sum(count)::int AS count
     FROM (${sources.join(' UNION ALL ')}) AS parts
     ${columns === '' ? '' : `GROUP BY ${columns}`} HAVING sum(count) <> 0
     ${columns === '' ? '' : `ORDER BY ${columns}`}`,
    parameters,
  );
}

/** What a figure is narrowed to, as conditions. */
type Pinned = { readonly metric: string } & {
  readonly [Dimension in RolledDimension | 'municipality']?: string;
};

function pinnedBy(metric: Metric, filter: FigureFilter, bind: (value: unknown) => string): Pinned {
  const kinds = kindsOf(filter);
  return {
    metric: `metric = ${bind(metric)}`,
    ...(filter.locationId !== undefined && { locationId: `location_id = ${bind(filter.locationId)}` }),
    ...(filter.area !== undefined && { area: `area = ${bind(filter.area)}` }),
    ...(kinds && { organisationKind: `organisation_kind = ANY(${bind(kinds)})` }),
    ...(filter.clientMunicipality !== undefined && {
      municipality: `municipality = ${bind(filter.clientMunicipality)}`,
    }),
  };
}

/** The cells that a figure sums, still of all time: those of its municipality, or of the coarsest roll-up that will do. */
function cellsOf(metric: Metric, filter: FigureFilter, by: readonly Dimension[], pinned: Pinned): string {
  const conditions = Object.values(pinned).join(' AND ');
  if (filter.clientMunicipality !== undefined) return `read.figure_by_municipality WHERE ${conditions}`;
  const needed = rolledDimensions.filter(
    (dimension) => pinned[dimension] !== undefined || (by as readonly string[]).includes(dimension),
  );
  const rollUp = rollUpFor(metric, needed);
  const kept: readonly string[] = rollUps[rollUp];
  // Said of every dimension before the period in the key, so that the period is found by the key.
  const summed = [
    ...(kept.includes('locationId') ? [] : [`location_id = '${summedOver}'`]),
    ...(kept.includes('area') ? [] : [`area = '${summedOver}'`]),
    ...(kept.includes('area') && pinned.area === undefined
      ? [`area IN (${legalAreas.map((area) => `'${area}'`).join(', ')})`]
      : []),
  ];
  return `read.figure_cube WHERE ${[`roll_up = '${rollUp}'`, conditions, ...summed].join(' AND ')}`;
}

const rolledDimensions = ['organisationKind', 'locationId', 'area'] as const satisfies RolledDimension[];

function kindsOf({ organisationKind, line }: FigureFilter): OrganisationKind[] | undefined {
  if (organisationKind === undefined && line === undefined) return undefined;
  return organisationKinds.filter(
    (kind) =>
      (organisationKind === undefined || kind === organisationKind) &&
      (line === undefined || (line === 'FIRST' ? isFirstLine(kind) : isSecondLine(kind))),
  );
}

type Grain = 'YEAR' | 'MONTH' | 'DAY';

/** Buckets of one grain, from the first to the last, each named by its first day; taken away where the sign says so. */
interface PeriodPart {
  readonly grain: Grain;
  readonly first: Day;
  readonly last: Day;
  readonly sign: 1 | -1;
}

/**
 * A period, not empty, in few buckets: years (if wanted), months and days. A bucket of which the period has more than half is
 * taken whole, less what lies outside of the period.
 */
export function periodParts(from: Day, to: Day, years: boolean): PeriodPart[] {
  return inBuckets(years ? ['YEAR', 'MONTH', 'DAY'] : ['MONTH', 'DAY'], from, to, 1);
}

function inBuckets(
  [grain = 'DAY', ...finer]: readonly Grain[],
  from: Day,
  to: Day,
  sign: 1 | -1,
): PeriodPart[] {
  if (from > to) return [];
  if (grain === 'DAY') return [{ grain, first: from, last: to, sign }];
  const [first, last] = [startOf(grain, from), startOf(grain, to)];
  if (first === last) {
    if (!isMostOf(grain, from, to)) return inBuckets(finer, from, to, sign);
    return [
      { grain, first, last, sign },
      ...before(grain, finer, from, sign),
      ...after(grain, finer, to, sign),
    ];
  }
  const takesFirst = isMostOf(grain, from, endOf(grain, from));
  const takesLast = isMostOf(grain, last, to);
  const whole = {
    first: takesFirst ? first : startOfNext(grain, from),
    last: takesLast ? last : startOf(grain, dayBefore(last)),
  };
  return [
    ...(whole.first <= whole.last ? [{ grain, ...whole, sign }] : []),
    ...(takesFirst ? before(grain, finer, from, sign) : inBuckets(finer, from, endOf(grain, from), sign)),
    ...(takesLast ? after(grain, finer, to, sign) : inBuckets(finer, last, to, sign)),
  ];
}

/** Whether these days, of one bucket, are more than half of it. */
const isMostOf = (grain: Grain, from: Day, to: Day): boolean =>
  2 * daysOf(from, to) > daysOf(startOf(grain, from), endOf(grain, to));

/** What a bucket taken whole has too much, before its first day wanted and after its last. */
const before = (grain: Grain, finer: readonly Grain[], from: Day, sign: 1 | -1): PeriodPart[] =>
  from === startOf(grain, from)
    ? []
    : inBuckets(finer, startOf(grain, from), dayBefore(from), sign === 1 ? -1 : 1);

const after = (grain: Grain, finer: readonly Grain[], to: Day, sign: 1 | -1): PeriodPart[] =>
  to === endOf(grain, to) ? [] : inBuckets(finer, shifted(to, 1), endOf(grain, to), sign === 1 ? -1 : 1);

const daysOf = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000 + 1;

const startOf = (grain: Grain, day: Day): Day =>
  grain === 'DAY' ? day : grain === 'MONTH' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`;

const daysIn = { DAY: 1, MONTH: 31, YEAR: 366 } as const;

const startOfNext = (grain: Grain, day: Day): Day =>
  startOf(grain, shifted(startOf(grain, day), daysIn[grain]));

const endOf = (grain: Grain, day: Day): Day =>
  startOf(grain, day) === startOf(grain, latest) ? latest : dayBefore(startOfNext(grain, day));

const dayBefore = (day: Day): Day => shifted(day, -1);

const shifted = (day: Day, days: number): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

function momentParts(asOf: Date): { month: Day; day: Day; moment: string; notBefore: string } {
  const day = dayInNetherlands(asOf.toISOString());
  return {
    month: startOf('MONTH', day),
    day,
    moment: asOf.toISOString(),
    // A day has 25 hours at most; the lower edge lets the ledger's index skip everything older.
    notBefore: new Date(asOf.getTime() - 26 * 3_600_000).toISOString(),
  };
}
