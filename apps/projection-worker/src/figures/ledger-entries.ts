import { dayInNetherlands } from '@spil/domain';
import type { Dimensions, LedgerRow } from '@spil/read-model';
import type { FoldStep } from '../runtime/projection.js';
import { contributionsOf, type Contribution } from './contributions.js';
import type { FigureState } from './figure-state.js';

/** A row of the ledger, before it is written. */
export type LedgerEntry = LedgerRow;

// A stream's state is compared twice: as what comes of one event, and as what the next one starts from.
const known = new WeakMap<FigureState, ReadonlyMap<string, Contribution>>();

function summed(state: FigureState | undefined): ReadonlyMap<string, Contribution> {
  if (!state) return new Map();
  const cached = known.get(state);
  if (cached) return cached;
  const sums = new Map<string, Contribution>();
  for (const contribution of contributionsOf(state)) {
    const key = `${contribution.occurredDay}\u0000${dimensionKey(contribution)}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, count: sum.count + contribution.count } : contribution);
  }
  known.set(state, sums);
  return sums;
}

/** Tells one cell of the figures from another. */
export const dimensionKey = (cell: Dimensions): string =>
  `${cell.metric}\u0000${cell.locationId}\u0000${cell.organisationKind}\u0000${cell.area}\u0000${cell.other}\u0000${cell.value}\u0000${cell.municipality}`;

/** What an event adds to the figures and what it takes back: the difference between before and after. */
export function ledgerEntries(
  { position, recordedMax }: FoldStep,
  before: FigureState | undefined,
  after: FigureState,
): LedgerEntry[] {
  const was = summed(before);
  const is = summed(after);
  const recordedDay = dayInNetherlands(recordedMax.toISOString());
  const entries: LedgerEntry[] = [];
  const add = (contribution: Contribution, count: number): void => {
    if (count === 0) return;
    entries.push({
      ...contribution,
      count,
      commitPosition: position.commit,
      preparePosition: position.prepare,
      ordinal: entries.length,
      recordedAt: recordedMax,
      recordedDay,
    });
  };
  for (const [key, contribution] of was) if (!is.has(key)) add(contribution, -contribution.count);
  for (const [key, contribution] of is) add(contribution, contribution.count - (was.get(key)?.count ?? 0));
  return entries;
}
