import type {
  CaseEvent,
  ErasureEvent,
  EventMetadata,
  LocationEvent,
  OrganisationEvent,
  PolicyEvent,
  ProfessionalEvent,
  RegistrationCodeReserved,
} from '@spil/domain';

/** Every event that Spil stores. */
export type DomainEvent =
  | CaseEvent
  | ErasureEvent
  | LocationEvent
  | OrganisationEvent
  | ProfessionalEvent
  | PolicyEvent
  | RegistrationCodeReserved;

/** A place in the log of all streams. Both parts are needed to resume; order follows `commit`, then `prepare`. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event on its way in: already encoded, with its final id. */
export interface EventToAppend {
  readonly eventId: string;
  readonly type: string;
  /** Canonical JSON (RFC 8785). */
  readonly data: string;
  readonly metadata: string;
}

/** An event as the store holds it. */
export interface StoredEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  /** The store's own clock; position order, not business time. */
  readonly storedAt: Date;
}

/** A stored event that the codec knows, upcast to its newest version. */
export interface RecordedEvent<Event extends DomainEvent = DomainEvent> {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly eventId: string;
  readonly storedAt: Date;
  readonly event: Event;
  readonly metadata: EventMetadata;
}

export interface AppendResult {
  /** Revision of the last event appended. */
  readonly revision: bigint;
  readonly position: Position;
}

/** The stream was not at the revision that the append named. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly actual: bigint | 'no_stream' | 'unknown',
  ) {
    super(`stream ${stream} is at another revision`);
    this.name = 'WrongExpectedRevision';
  }
}

/** The event store did not answer in time or cannot be reached. Whether an append took effect is unknown. */
export class EventStoreUnavailable extends Error {
  constructor(operation: string, options?: ErrorOptions) {
    super(`the event store is unavailable (${operation})`, options);
    this.name = 'EventStoreUnavailable';
  }
}

export type SubscriptionItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** The subscription has looked at everything up to here, also events that the filter left out. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Everything stored so far has been delivered; from here on events are live. */
  | { readonly kind: 'caughtUp' };

export type ReadAllOptions =
  | {
      readonly after?: Position;
      readonly direction?: 'forwards' | 'backwards';
      readonly maxCount?: number;
      readonly eventTypes?: undefined;
    }
  | { readonly after?: Position; readonly eventTypes: readonly string[] };

export interface SubscribeOptions {
  /** Deliver what comes after this position; undefined from the beginning. */
  readonly after: Position | undefined;
  /** Wire types to deliver; `all` for every event that is not the store's own bookkeeping. */
  readonly eventTypes: readonly string[] | 'all';
  readonly signal: AbortSignal;
  /** Told on every drop and resubscription, for logs and metrics. */
  readonly onDrop?: (cause: unknown) => void;
}

/** The narrow port to the event store: the only thing the rest of Spil knows of it. */
export interface EventStore {
  /**
   * @throws WrongExpectedRevision, EventStoreUnavailable; EventStoreRejected or TypeError for what no try makes it take. Only after
   * EventStoreUnavailable may it stand there all the same
   */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: bigint | 'no_stream',
  ): Promise<AppendResult>;
  /** Yields nothing when the stream does not exist. @throws EventStoreUnavailable */
  readStream(
    stream: string,
    options?: { from?: bigint; direction?: 'forwards' | 'backwards'; maxCount?: number },
  ): AsyncIterable<StoredEvent>;
  /**
   * Reads the log, or the events of some types, of which the store leaves out the others, to the end that the log has when the
   * reader gets there. Of a silent store the latter is told a few seconds later, when it has been compared with the log.
   * @throws EventStoreUnavailable
   */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;
  /** Never ends by itself: any end of the underlying subscription is a drop and resumes after the last position. */
  subscribeAll(options: SubscribeOptions): AsyncIterable<SubscriptionItem>;
  /** Position of the newest event; undefined when the store is empty. @throws EventStoreUnavailable */
  head(): Promise<Position | undefined>;
  close(): Promise<void>;
}
