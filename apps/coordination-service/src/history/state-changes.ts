import { caseDecider, type CaseEvent, type CaseState } from '@spil/domain';
import { isEnvelope, type RecordedEvent } from '@spil/event-store';

/** One field of a folded case, as a text; `SEALED` stands for a personal one, of which only that it was filled in can be told. */
interface Leaf {
  readonly text: string;
  readonly personal: boolean;
}

/** A field of the folded state that is not what it was, and the event to which it owes what it is. */
export interface StateChange {
  /** Dotted, for example `referrals.<id>.status`. */
  readonly path: string;
  readonly personal: boolean;
  /** Null where there was nothing. Of a personal field: `FILLED_IN`. */
  readonly before: string | null;
  readonly after: string | null;
  /** The last event that changed it. */
  readonly by: RecordedEvent<CaseEvent>;
}

/**
 * What changed in the state of a case from one point of its history to its end, and by which event.
 * @param known how many events lie before that point; with 0 every field changed, which tells why the state is what it is
 */
export function stateChanges(history: readonly RecordedEvent<CaseEvent>[], known: number): StateChange[] {
  let state: CaseState = caseDecider.initialState;
  for (const { event } of history.slice(0, known)) state = caseDecider.evolve(state, event);
  const then = leavesOf(state);
  const changedBy = new Map<string, RecordedEvent<CaseEvent>>();
  let before = then;
  for (const recorded of history.slice(known)) {
    state = caseDecider.evolve(state, recorded.event);
    const after = leavesOf(state);
    for (const path of new Set([...before.keys(), ...after.keys()]))
      if (before.get(path)?.text !== after.get(path)?.text) changedBy.set(path, recorded);
    before = after;
  }
  return [...changedBy]
    .filter(([path]) => then.get(path)?.text !== before.get(path)?.text)
    .map(([path, by]) => ({
      path,
      personal: (before.get(path) ?? then.get(path))?.personal ?? false,
      before: told(then.get(path)),
      after: told(before.get(path)),
      by,
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

const told = (leaf: Leaf | undefined): string | null =>
  leaf === undefined ? null : leaf.personal ? 'FILLED_IN' : leaf.text;

function leavesOf(state: CaseState): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (isEnvelope(value)) leaves.set(path, { text: value.c, personal: true });
    else if (typeof value === 'object')
      for (const [name, below] of Object.entries(value)) walk(below, path === '' ? name : `${path}.${name}`);
    else
      leaves.set(path, { text: typeof value === 'string' ? value : JSON.stringify(value), personal: false });
  };
  walk(state, '');
  return leaves;
}
