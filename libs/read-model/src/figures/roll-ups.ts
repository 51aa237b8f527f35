import type { Metric } from './metrics.js';

/** Dimensions that a roll-up tells apart or sums over; `other` and `value` are told apart by all. */
export type RolledDimension = 'organisationKind' | 'locationId' | 'area';

/**
 * The roll-ups over all municipalities, from the coarsest: a figure reads the first that tells apart all it asks for, so that
 * a national report reads no cell per location.
 */
export const rollUps = {
  NATION: [],
  KIND: ['organisationKind'],
  AREA: ['organisationKind', 'area'],
  PLACE: ['organisationKind', 'locationId'],
  PLACE_AND_AREA: ['organisationKind', 'locationId', 'area'],
} as const satisfies Readonly<Record<string, readonly RolledDimension[]>>;
export type RollUp = keyof typeof rollUps;

/** Stands where a roll-up sums over a dimension. */
export const summedOver = '*';

const every = Object.keys(rollUps) as RollUp[];

/**
 * Which roll-ups a metric has. A professional works at one place, so summing active users over places would leave as many
 * cells; users as a stock have no area.
 */
export function rollUpsOf(metric: Metric): readonly RollUp[] {
  switch (metric) {
    case 'ACTIVE_USER':
      return ['PLACE'];
    case 'ACTIVE_USER_IN_AREA':
      return ['PLACE_AND_AREA'];
    case 'USER':
      return ['KIND', 'PLACE'];
    default:
      return every;
  }
}

/** The coarsest roll-up of a metric that tells these dimensions apart. @throws Error when the metric has none */
export function rollUpFor(metric: Metric, dimensions: readonly RolledDimension[]): RollUp {
  const found = rollUpsOf(metric).find((rollUp) => {
    const kept: readonly string[] = rollUps[rollUp];
    return dimensions.every((dimension) => kept.includes(dimension));
  });
  if (!found) throw new Error(`${metric} has no roll-up by ${dimensions.join(' and ')}`);
  return found;
}
