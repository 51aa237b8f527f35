import { dayInNetherlands } from '@spil/domain';
import type { LedgerRow } from '@spil/read-model';
import type { FoldStep } from '../runtime/projection.js';
import { contributionsOf, type Contribution } from './contributions.js';
import type { FigureState } from './figure-state.js';

/** A row of the ledger, before it is written. */
export type LedgerEntry = LedgerRow;

// A stream's state is compared twice: as what comes of one event, and as what the next one starts from.
const known = new WeakMap<FigureState, readonly Contribution[]>();

function contributed(state: FigureState | undefined): readonly Contribution[] {
  if (!state) return [];
  const found = known.get(state) ?? contributionsOf(state);
  known.set(state, found);
  return found;
}

/** Field by field: a stream has few contributions, and most differ in the first field already. */
const isSame = (one: Contribution, other: Contribution): boolean =>
  one.metric === other.metric &&
  one.value === other.value &&
  one.other === other.other &&
  one.occurredDay === other.occurredDay &&
  one.locationId === other.locationId &&
  one.organisationKind === other.organisationKind &&
  one.area === other.area &&
  one.municipality === other.municipality &&
  one.count === other.count;

/** What an event adds to the figures and what it takes back: the difference between before and after. */
export function ledgerEntries(
  { position, recordedMax }: FoldStep,
  before: FigureState | undefined,
  after: FigureState,
): LedgerEntry[] {
  const gone = [...contributed(before)];
  const come: Contribution[] = [];
  for (const contribution of contributed(after)) {
    const at = gone.findIndex((earlier) => isSame(earlier, contribution));
    if (at < 0) come.push(contribution);
    else gone.splice(at, 1);
  }
  if (gone.length + come.length === 0) return [];
  const shared = {
    commitPosition: position.commit,
    preparePosition: position.prepare,
    recordedAt: recordedMax,
    recordedDay: dayInNetherlands(recordedMax.toISOString()),
  };
  const taken = gone.map((contribution) => ({ ...contribution, count: -contribution.count }));
  return [...taken, ...come].map((contribution, ordinal) => ({ ...contribution, ...shared, ordinal }));
}
