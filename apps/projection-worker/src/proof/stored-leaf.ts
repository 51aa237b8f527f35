import { storedBytes, type EventStore, type StoredEvent } from '@spil/event-store';
import { eventLeafHash, type Hash, type LeafEvent } from '@spil/proof';

/** A stored event as the tree knows it. */
export const leafOf = ({ stream, revision, eventId, type, data, metadata }: StoredEvent): LeafEvent => ({
  stream,
  revision,
  eventId,
  type,
  data: storedBytes(data),
  metadata: storedBytes(metadata),
});

export const leafHashOf = (stored: StoredEvent): Hash => eventLeafHash(leafOf(stored));

/** The last leaf of a tree, as far as the log must still know it. */
export interface LastLeaf {
  readonly stream: string;
  readonly revision: bigint;
  readonly hash: Hash;
}

/** The log is not the one that the tree grew from: an older one was restored, or it was rewritten. Nothing may be signed. */
export class LogRewritten extends Error {
  constructor({ stream, revision }: LastLeaf) {
    super(
      `the log no longer holds revision ${revision} of ${stream} as the tree has it: was an older event store restored, or the log rewritten?`,
    );
    this.name = 'LogRewritten';
  }
}

/** Looks whether the log still reaches to the last leaf of the tree. @throws LogRewritten, EventStoreUnavailable */
export async function confirmLastLeaf(
  store: Pick<EventStore, 'readStream'>,
  last: LastLeaf | undefined,
): Promise<void> {
  if (last === undefined) return;
  for await (const stored of store.readStream(last.stream, { from: last.revision, maxCount: 1 }))
    if (stored.revision === last.revision && leafHashOf(stored).equals(last.hash)) return;
  throw new LogRewritten(last);
}
