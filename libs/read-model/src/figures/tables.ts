import type { Day } from '@spil/domain';
import { defineTable } from '../schema/table.js';
import type { Metric } from './metrics.js';
import type { RollUp } from './roll-ups.js';

/** What a contribution is counted by; empty where a dimension does not apply. */
export interface Dimensions {
  readonly metric: Metric;
  readonly locationId: string;
  /** Of the client; empty when unknown. */
  readonly municipality: string;
  readonly organisationKind: string;
  readonly area: string;
  readonly other: string;
  readonly value: string;
}

/** One contribution to one figure; never changed: a correction adds its opposite. */
export interface LedgerRow extends Dimensions {
  readonly commitPosition: bigint | string;
  readonly preparePosition: bigint | string;
  readonly ordinal: number;
  /** Running maximum of the store's own time up to the event. */
  readonly recordedAt: Date;
  /** Its day in the Netherlands. */
  readonly recordedDay: Day;
  readonly occurredDay: Day;
  readonly count: number;
}

export const ledgerTable = defineTable<LedgerRow>({
  name: 'figure_ledger',
  columns: {
    commitPosition: 'int8',
    preparePosition: 'int8',
    ordinal: 'int4',
    recordedAt: 'timestamptz',
    recordedDay: 'date',
    occurredDay: 'date',
    metric: 'text',
    locationId: 'text',
    municipality: 'text',
    organisationKind: 'text',
    area: 'text',
    other: 'text',
    value: 'text',
    count: 'int4',
  },
  key: ['commitPosition', 'preparePosition', 'ordinal'],
  // Rows lie in the order of their time, which makes this index a few pages for millions of rows.
  indexes: ['USING brin (recorded_at) WITH (pages_per_range = 16, autosummarize = on)'],
});

/**
 * The sum of contributions per bucket of both times. A period is read as its whole years, whole months and single days
 * (`YEAR`, `MONTH`, `DAY`: by when it happened, and by the year or month of recording); as of a moment, what was recorded in
 * its month comes from `RECORDED_DAY` (both by day).
 */
export interface TimeCell {
  readonly grain: 'YEAR' | 'MONTH' | 'DAY' | 'RECORDED_DAY';
  /** First day of the bucket. */
  readonly occurred: Day;
  readonly recorded: Day;
  readonly count: number;
}

/** A cell over all municipalities; {@link summedOver} in the dimensions that its roll-up does not tell apart. */
export interface CubeRow extends Omit<Dimensions, 'municipality'>, TimeCell {
  readonly rollUp: RollUp;
}

export const cubeTable = defineTable<CubeRow>({
  name: 'figure_cube',
  columns: {
    rollUp: 'text',
    metric: 'text',
    grain: 'text',
    locationId: 'text',
    area: 'text',
    occurred: 'date',
    recorded: 'date',
    organisationKind: 'text',
    other: 'text',
    value: 'text',
    count: 'int4',
  },
  // What a figure pins comes before the period, so that one location reads its own cells only.
  key: [
    'rollUp',
    'metric',
    'grain',
    'locationId',
    'area',
    'occurred',
    'recorded',
    'organisationKind',
    'other',
    'value',
  ],
  indexes: [
    // A figure by location pins no location.
    `(roll_up, metric, grain, area, occurred) WHERE roll_up IN ('PLACE', 'PLACE_AND_AREA') AND grain <> 'RECORDED_DAY'`,
    `(roll_up, metric, recorded, location_id, area) WHERE grain = 'RECORDED_DAY'`,
  ],
  sum: 'count',
});

/** A cell of one municipality, where clients live. */
export interface MunicipalityCubeRow extends Dimensions, TimeCell {}

export const municipalityCubeTable = defineTable<MunicipalityCubeRow>({
  name: 'figure_by_municipality',
  columns: {
    metric: 'text',
    grain: 'text',
    municipality: 'text',
    occurred: 'date',
    recorded: 'date',
    locationId: 'text',
    organisationKind: 'text',
    area: 'text',
    other: 'text',
    value: 'text',
    count: 'int4',
  },
  key: [
    'metric',
    'grain',
    'municipality',
    'occurred',
    'recorded',
    'locationId',
    'organisationKind',
    'area',
    'other',
    'value',
  ],
  indexes: [`(metric, municipality, recorded) WHERE grain = 'RECORDED_DAY'`],
  sum: 'count',
});

/** What a stream has contributed so far, so that a correction can take it back. Read by the worker only. */
export interface FigureStateRow {
  readonly stream: string;
  readonly state: object;
}

export const figureStateTable = defineTable<FigureStateRow>({
  name: 'figure_state',
  columns: { stream: 'text', state: 'jsonb' },
  key: ['stream'],
  published: false,
});
