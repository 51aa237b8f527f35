import type pg from 'pg';
import type { EventStore, StoredEvent } from '@spil/event-store';
import { isAfter } from '../runtime/delivery.js';
import { confirmLastLeaf } from './stored-leaf.js';
import { growTree, loadTree, type StoredTree } from './tree-rows.js';

/** Leaves in one transaction at most; while one commits the next batch grows. */
const largestBatch = 2_000;

export interface TreeFeed {
  readonly store: Pick<EventStore, 'subscribeAll' | 'readStream'>;
  /** One connection, for this feed alone; the lead belongs to it. */
  readonly db: pg.Client;
  readonly signal: AbortSignal;
  readonly onDrop: (cause: unknown) => void;
  readonly onGrown: (tree: StoredTree) => void;
}

/**
 * Grows the tree by every event of the log, in log order, each once: leaves, nodes, size and position in one transaction. Returns
 * when the signal ends it.
 * @throws LogRewritten, TreeMoved, and whatever a batch failed with; nothing of that batch was written
 */
export async function keepTree({ store, db, signal, onDrop, onGrown }: TreeFeed): Promise<void> {
  let tree = await loadTree(db);
  onGrown(tree);
  // A log that was put back to an earlier state goes on at positions that the tree has passed; what is new there would be missed.
  let unsure = true;
  const write = async (events: readonly StoredEvent[]): Promise<void> => {
    if (unsure) await confirmLastLeaf(store, tree.lastLeaf);
    unsure = false;
    const due = events.filter(({ position }) => isAfter(position, tree.position));
    await db.query('BEGIN');
    const grown = await growTree(db, tree, once(due));
    await db.query('COMMIT');
    tree = grown;
    onGrown(tree);
  };

  await write([]);
  const failed = new AbortController();
  const pending: StoredEvent[] = [];
  let writing: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    while (pending.length > 0 && !failed.signal.aborted) await write(pending.splice(0, largestBatch));
  };
  const start = (): void => {
    writing ??= drain()
      .catch((error: unknown) => failed.abort(error))
      .finally(() => {
        writing = undefined;
      });
  };
  const subscription = store.subscribeAll({
    after: tree.position,
    eventTypes: 'all',
    signal: AbortSignal.any([signal, failed.signal]),
    onDrop: (cause) => {
      unsure = true;
      onDrop(cause);
    },
  });
  for await (const item of subscription) {
    if (item.kind !== 'event') continue;
    pending.push(item.event);
    start();
    if (pending.length >= 2 * largestBatch) await writing;
  }
  start();
  await writing;
  failed.signal.throwIfAborted();
}

/** A delivery that was repeated counts once. */
function once(events: readonly StoredEvent[]): StoredEvent[] {
  const kept: StoredEvent[] = [];
  for (const event of events) if (isAfter(event.position, kept.at(-1)?.position)) kept.push(event);
  return kept;
}
