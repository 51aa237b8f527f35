import type { Day } from '@spil/domain';
import {
  rollUps,
  rollUpsOf,
  summedOver,
  type CubeRow,
  type MunicipalityCubeRow,
  type RollUp,
} from '@spil/read-model';
import type { LedgerEntry } from './ledger-entries.js';

/** What a batch adds to the roll-ups; cells in which it comes to nothing are left out. */
export interface RolledUp {
  readonly everywhere: readonly CubeRow[];
  readonly byMunicipality: readonly MunicipalityCubeRow[];
}

/** Sums step by step, from the days of each municipality on: every step has fewer cells than the one before it. */
export function rollUp(entries: readonly LedgerEntry[]): RolledUp {
  const days = summed(entries, ({ occurredDay, recordedDay, metric, municipality, count, ...entry }) => ({
    grain: 'RECORDED_DAY',
    occurred: occurredDay,
    recorded: recordedDay,
    ...{ metric, municipality, count },
    locationId: entry.locationId,
    organisationKind: entry.organisationKind,
    area: entry.area,
    other: entry.other,
    value: entry.value,
  }));
  const occurredDays = summed(days, (cell) => ({
    ...cell,
    grain: 'DAY',
    recorded: firstOfMonth(cell.recorded),
  }));
  const months = summed(occurredDays, (cell) => ({
    ...cell,
    grain: 'MONTH',
    occurred: firstOfMonth(cell.occurred),
  }));
  const cells = [...days, ...occurredDays, ...months].filter(({ count }) => count !== 0);
  return {
    everywhere: overMunicipalities(cells),
    byMunicipality: cells.filter(({ metric }) => metric !== 'USER'),
  };
}

function overMunicipalities(cells: readonly MunicipalityCubeRow[]): CubeRow[] {
  const places = summed(cells, (cell) => ({ ...cell, municipality: summedOver }));
  const years = summed(
    places.filter(({ grain }) => grain === 'MONTH'),
    (cell) => ({
      ...cell,
      grain: 'YEAR',
      occurred: firstOfYear(cell.occurred),
      recorded: firstOfYear(cell.recorded),
    }),
  );
  const finest = [...places, ...years];
  return (Object.keys(rollUps) as RollUp[]).flatMap((name) => {
    const kept: ReadonlySet<string> = new Set(rollUps[name]);
    const [ofKind, ofPlace, ofArea] = ['organisationKind', 'locationId', 'area'].map((one) => kept.has(one));
    return summed(
      finest.filter(({ metric }) => rollUpsOf(metric).includes(name)),
      (cell) => ({
        ...cell,
        organisationKind: ofKind ? cell.organisationKind : summedOver,
        locationId: ofPlace ? cell.locationId : summedOver,
        area: ofArea ? cell.area : summedOver,
      }),
    )
      .filter(({ count }) => count !== 0)
      .map((cell) => ({ ...cell, rollUp: name }));
  });
}

const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
const firstOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`;

type Sum = { -readonly [Field in keyof MunicipalityCubeRow]: MunicipalityCubeRow[Field] };

/** One row per cell. */
function summed<Row>(rows: readonly Row[], cellOf: (row: Row) => Sum): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const cell = cellOf(row);
    const key =
      `${cell.metric}\u0000${cell.grain}\u0000${cell.occurred}\u0000${cell.recorded}\u0000${cell.municipality}\u0000` +
      `${cell.locationId}\u0000${cell.organisationKind}\u0000${cell.area}\u0000${cell.other}\u0000${cell.value}`;
    const sum = sums.get(key);
    if (sum) sum.count += cell.count;
    else sums.set(key, cell);
  }
  return [...sums.values()];
}
