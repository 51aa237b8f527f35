import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreUnavailable, type EventStore, type Position } from '@spil/event-store';
import type { ProjectionName } from '@spil/read-model';
import { isAfter } from './delivery.js';

/** How far a read model says it is. */
export interface Reached {
  readonly projection: ProjectionName;
  readonly position: Position | undefined;
}

/**
 * Read models hold more than the log does: the event store was restored from an older backup, or it is another one. What they
 * hold beyond its end never happened, and what happens next would be taken for known.
 */
export class CheckpointBeyondLog extends Error {
  constructor(
    readonly projections: readonly ProjectionName[],
    head: Position | undefined,
  ) {
    super(`${projections.map((name) => `'${name}'`).join(', ')}: ${beyondLogText(head)}`);
    this.name = 'CheckpointBeyondLog';
  }
}

/** What is wrong and what to do about it, for people. */
export const beyondLogText = (head: Position | undefined): string =>
  `its checkpoint lies beyond the end of the log (${
    head === undefined ? 'which is empty' : `position ${head.commit}`
  }): the event store was restored from an older backup, or this is another one. Stop service and worker, empty the read ` +
  'database and start them again; see "Only the event store was restored" in docs/operations/backup.md';

/** Whether a checkpoint lies where the log has nothing yet. */
export const isBeyondLog = (position: Position | undefined, head: Position | undefined): boolean =>
  position !== undefined && isAfter(position, head ?? { commit: -1n, prepare: -1n });

/** @throws CheckpointBeyondLog */
export function refuseBeyondLog(reached: readonly Reached[], head: Position | undefined): void {
  const beyond = reached.filter(({ position }) => isBeyondLog(position, head));
  if (beyond.length > 0)
    throw new CheckpointBeyondLog(
      beyond.map(({ projection }) => projection),
      head,
    );
}

/** Milliseconds between two tries to reach the event store. */
const retryMs = 250;

/** The end of the log, waited for while the event store is away; undefined when the log is empty. @throws the signal's reason */
export async function headOf(
  store: Pick<EventStore, 'head'>,
  signal: AbortSignal,
  onUnavailable: (error: EventStoreUnavailable) => void,
): Promise<Position | undefined> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await store.head();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      onUnavailable(error);
      await pause(retryMs);
    }
  }
}
