import type { Day } from '@spil/domain';
import { defineTable } from '../schema/table.js';
import type { Metric } from './metrics.js';

/** What a contribution is counted by; empty where a dimension does not apply. */
export interface Dimensions {
  readonly metric: Metric;
  readonly locationId: string;
  /** Of the client; empty when unknown, {@link anyMunicipality} in the roll-ups over all of them. */
  readonly municipality: string;
  readonly organisationKind: string;
  readonly area: string;
  readonly other: string;
  readonly value: string;
}

/** Roll-ups over all municipalities are kept apart, so that the usual figure reads few rows. */
export const anyMunicipality = '*';

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
 * The sum of contributions per bucket of both times: grain `MONTH` by the months in which they occurred and were
 * recorded, `DAY` by the days. Months carry a period, days its edges and the month of an as-of date.
 */
export interface CubeRow extends Dimensions {
  readonly grain: 'MONTH' | 'DAY';
  /** First day of the bucket. */
  readonly occurred: Day;
  readonly recorded: Day;
  readonly count: number;
}

export const cubeTable = defineTable<CubeRow>({
  name: 'figure_cube',
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
  indexes: [`(metric, municipality, recorded, occurred) WHERE grain = 'DAY'`],
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
