import type { LegalArea, StandingWord } from '@spil/domain';
import { queryPrepared } from '../access/prepared.js';
import { listedFromElsewhere, visibleTo } from '../access/queries.js';
import type { Reader } from '../access/reader.js';
import type { ReadSession } from '../database.js';
import { cursorOf, placeOf } from '../place.js';
import type { CaseStatus } from './document.js';
import type { CaseRow } from './tables.js';
import { caseColumns, toCase, type CaseView } from './case-view.js';

export interface CaseFilter {
  /** Where the case was registered. */
  readonly locationId?: string;
  /** That registered the case. */
  readonly organisationId?: string;
  /** Professional id. */
  readonly coordinatorId?: string;
  readonly status?: CaseStatus;
  /** The primary or a further area. */
  readonly area?: LegalArea;
  readonly flagged?: boolean;
  readonly notSelfReliantWithoutCoordinator?: boolean;
}

export interface CasePage {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: CaseView;
    /** The reader's own; none when everything was asked for. */
    readonly standings: readonly StandingWord[];
  }[];
  readonly hasNextPage: boolean;
}

export const maximumPageSize = 100;

/**
 * A page of the worklist: first the clients who cannot manage alone and have no coordinator, who stand out until they have one
 * (rule 6), then what waits longest. Pages follow the last row seen, not a count of rows: a deep page
 * costs what the first one costs, and a case that moves is neither lost nor shown twice in one place.
 * @param page.first 1 to {@link maximumPageSize}
 * @throws InvalidCursor, RangeError
 */
export async function casesPage(
  db: ReadSession,
  page: {
    readonly filter: CaseFilter;
    /** Whose list it is. `ALL` is for processes and oversight, never for a person's worklist. */
    readonly reader: 'ALL' | (Reader & { readonly kind: 'LIST' });
    readonly first: number;
    readonly after?: string;
  },
): Promise<CasePage> {
  const { filter, reader, first } = page;
  if (!Number.isInteger(first) || first < 1 || first > maximumPageSize)
    throw new RangeError(`a page holds 1 to ${maximumPageSize} cases`);

  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  if (filter.locationId !== undefined) conditions.push(`c.location_id = ${bind(filter.locationId)}`);
  if (filter.organisationId !== undefined)
    conditions.push(`c.organisation_id = ${bind(filter.organisationId)}`);
  if (filter.coordinatorId !== undefined) conditions.push(`c.coordinator_id = ${bind(filter.coordinatorId)}`);
  // Written out, so that the planner can use the partial indexes.
  if (filter.status === 'OPEN') conditions.push(`c.status = 'OPEN'`);
  else if (filter.status !== undefined) conditions.push(`c.status = ${bind(filter.status)}`);
  if (filter.area !== undefined) conditions.push(`${bind(filter.area)} = ANY (c.areas)`);
  if (filter.flagged !== undefined) conditions.push(filter.flagged ? 'c.flags > 0' : 'c.flags = 0');
  if (filter.notSelfReliantWithoutCoordinator !== undefined)
    conditions.push(
      filter.notSelfReliantWithoutCoordinator ? 'c.needs_coordinator' : 'NOT c.needs_coordinator',
    );
  if (page.after !== undefined) {
    const after = placeOf(page.after, Object.values(marks));
    const row = `${bind(after.at)}::timestamptz, ${bind(after.id)}::uuid`;
    // Behind those who stand out the first column is written as equal: the planner guesses a comparison of rows by its first column.
    conditions.push(
      after.mark === marks.standsOut
        ? `(NOT c.needs_coordinator, c.waiting_since, c.case_id) > (false, ${row})`
        : `NOT c.needs_coordinator AND (c.waiting_since, c.case_id) > (${row})`,
    );
  }
  const visible = reader === 'ALL' ? undefined : visibleTo(reader, 'c', bind);
  if (visible) conditions.push(visible.condition);
  const order = `ORDER BY NOT c.needs_coordinator, c.waiting_since, c.case_id LIMIT ${first + 1}`;
  const { parts, few } = reader === 'ALL' ? everything : await partsOf(db, reader, bind);
  const selects = parts.map((part) => {
    const where = [...part, ...conditions];
    return `(SELECT c.* FROM read.case_row c ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} ${order})`;
  });
  const statement = `SELECT ${caseColumns}, ${visible?.standings ?? 'ARRAY[]::text[]'} AS standings
     FROM (${selects.join(' UNION ALL ')}) c ${order}`;
  const rows =
    few && isUsual(page)
      ? await queryPrepared<ListedRow>(db, statement, parameters)
      : await db.query<ListedRow[]>(statement, parameters);
  return {
    edges: rows
      .slice(0, first)
      .map(({ standings, ...row }) => ({ cursor: placeIn(row), node: toCase(row), standings })),
    hasNextPage: rows.length > first,
  };
}

type ListedRow = CaseRow & { readonly standings: readonly StandingWord[] };

/** Pages that are asked for over and over, and walk the own desk's index whoever asks: others may do better with a plan of their own. */
const isUsual = ({ filter, first }: { readonly filter: CaseFilter; readonly first: number }): boolean =>
  usualSizes.has(first) &&
  (filter.status ?? 'OPEN') === 'OPEN' &&
  Object.entries(filter).every(
    ([name, value]) => value === undefined || name === 'locationId' || name === 'status',
  );

const usualSizes = new Set([25, 50]);

/** Up to so many cases from elsewhere are looked up one by one; with more, walking the whole list meets a visible case sooner. */
const mostLookedUp = 3_000;
/** With no more than these from elsewhere a plan that takes them for ten is a good one. */
const fewFromElsewhere = 50;

interface Parts {
  /** Conditions of each. */
  readonly parts: readonly (readonly string[])[];
  /** The best plan is the same for whoever has as few as this. */
  readonly few: boolean;
}

const everything: Parts = { parts: [[]], few: false };

/**
 * The parts, as conditions on `c`, in which a reader's list is looked for, so that the work follows the page and not what the reader
 * may see: the cases that the own desk registered, in the order of the list; and those from elsewhere by their ids.
 * A reader with many from elsewhere walks the list itself.
 */
async function partsOf(
  db: ReadSession,
  reader: Reader & { readonly kind: 'LIST' },
  bind: (value: unknown) => string,
): Promise<Parts> {
  const elsewhere = await listedFromElsewhere(db, reader, mostLookedUp);
  if (!elsewhere) return everything;
  const [organisation, location] = [bind(reader.organisationId), bind(reader.locationId)];
  const desk = [`c.organisation_id = ${organisation}`, `c.location_id = ${location}`];
  if (elsewhere.length === 0) return { parts: [desk], few: true };
  return {
    parts: [desk, [`NOT (${desk.join(' AND ')})`, `c.case_id = ANY (${bind(elsewhere)}::uuid[])`]],
    few: elsewhere.length <= fewFromElsewhere,
  };
}

/** Those who stand out come first. */
const marks = { standsOut: '!', other: '-' } as const;

const placeIn = ({ needsCoordinator, waitingSince, caseId }: CaseRow): string =>
  cursorOf({ at: waitingSince, id: caseId }, needsCoordinator ? marks.standsOut : marks.other);
