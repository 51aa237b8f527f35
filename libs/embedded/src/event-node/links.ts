import { firstVisible } from './reader.js';
import { NO_REVISION, type StoredEvent } from './records.js';
import { oldestCreated, type Retentions } from './retention.js';
import type { Storage } from './storage.js';

const LINK_TYPE = '$>';

/** An event as a reader gets it: itself, or the event that a link points at (unless it is gone) together with the link. */
export interface ResolvedEvent {
  event?: StoredEvent;
  link?: StoredEvent;
}

/** What the links (`$>` events, whose data is `revision@stream`) among `events` point at. */
export async function resolveLinks(
  storage: Storage,
  retentions: Retentions,
  events: StoredEvent[],
): Promise<Map<StoredEvent, ResolvedEvent>> {
  const links = events.filter(({ type }) => type === LINK_TYPE);
  if (links.length === 0) return new Map();
  const targets = links.map((link) => ({ link, ...linkTarget(link) }));
  const found = await visibleOnes(storage, retentions, await storage.readEvents(targets));
  return new Map(
    targets.map(({ link, stream, revision }) => [
      link,
      { link, event: found.find((event) => event.stream === stream && event.revision === revision) },
    ]),
  );
}

/** Those of some events that a reader of their streams still gets. */
async function visibleOnes(
  storage: Storage,
  retentions: Retentions,
  events: StoredEvent[],
): Promise<StoredEvent[]> {
  const firsts = new Map<string, bigint>();
  for (const stream of new Set(events.map((event) => event.stream)))
    firsts.set(stream, await firstVisible(storage, stream, retentions.of(stream)));
  return events.filter(({ stream, revision, created }) => {
    const retention = retentions.of(stream);
    if (retention.tombstoned || created < oldestCreated(retention)) return false;
    return revision >= (firsts.get(stream) ?? 0n);
  });
}

/** Where a link points; one that says it wrongly points at what cannot be there. */
function linkTarget({ data }: StoredEvent): Pick<StoredEvent, 'stream' | 'revision'> {
  const [, revision, stream] = /^(\d{1,18})@([^\0]+)$/.exec(Buffer.from(data).toString()) ?? [];
  return { stream: stream ?? '', revision: BigInt(revision ?? NO_REVISION) };
}
