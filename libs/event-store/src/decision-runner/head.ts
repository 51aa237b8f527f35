import type { Decider } from '@spil/domain';
import { isUnknownEvent, type Codec } from '../codec/codec.js';
import type { DomainEvent, EventStore, Position, RecordedEvent } from '../port.js';

/** A history holds an event that this process does not know; it must not decide on, or show, half a history. */
export class UnknownEventInHistory extends Error {
  constructor(
    readonly stream: string,
    readonly revision: bigint,
    readonly eventType: string,
    readonly eventVersion: number | null,
  ) {
    super(`${stream} holds an event at ${revision.toString()} that this release does not know: ${eventType}`);
    this.name = 'UnknownEventInHistory';
  }
}

/** What a command led to, remembered by the fold so that a repeat answers as the first did. */
export interface CommandResult {
  /** Tells whose command it was: the id of an event follows from its principal. */
  readonly firstEventId: string;
  /** Of the command's last event. */
  readonly revision: bigint;
  readonly position: Position;
  readonly fingerprint: string;
  /** Of the command's events, in order. */
  readonly types: readonly string[];
}

/** The state folded from a stream, up to a revision. */
export interface Head<State> {
  readonly state: State;
  readonly revision: bigint | 'no_stream';
  /** Of the last event folded; undefined when there is none. */
  readonly position: Position | undefined;
  readonly results: ReadonlyMap<string, CommandResult>;
}

/** The head of a stream that does not exist. */
export const emptyHead = <State>(initialState: State): Head<State> => ({
  state: initialState,
  revision: 'no_stream',
  position: undefined,
  results: new Map(),
});

/** The head after further events of its stream. */
export function foldOn<State, Command, Event extends DomainEvent>(
  head: Head<State>,
  decider: Decider<State, Command, Event>,
  events: readonly Pick<RecordedEvent<Event>, 'eventId' | 'event' | 'metadata' | 'revision' | 'position'>[],
): Head<State> {
  const results = new Map(head.results);
  let { state, revision, position } = head;
  for (const recorded of events) {
    const { commandId, fingerprint } = recorded.metadata;
    ({ revision, position } = recorded);
    state = decider.evolve(state, recorded.event);
    const earlier = results.get(commandId);
    const types = [...(earlier?.types ?? []), recorded.event.type];
    const firstEventId = earlier?.firstEventId ?? recorded.eventId;
    results.set(commandId, { firstEventId, revision, position, fingerprint, types });
  }
  return { state, revision, position, results };
}

/** Reads and decodes a part of a stream. @throws UnknownEventInHistory, EventStoreUnavailable */
export async function readRecorded<Event extends DomainEvent>(
  store: EventStore,
  codec: Codec,
  stream: string,
  options: { from?: bigint; maxCount?: number } = {},
): Promise<RecordedEvent<Event>[]> {
  const events: RecordedEvent<Event>[] = [];
  for await (const stored of store.readStream(stream, options)) {
    const decoded = codec.decode(stored);
    if (isUnknownEvent(decoded)) {
      const { type, version } = decoded.unknown;
      throw new UnknownEventInHistory(stream, stored.revision, type, version);
    }
    // A stream holds the events of one aggregate only; its name says which.
    events.push(decoded as RecordedEvent<Event>);
  }
  return events;
}
