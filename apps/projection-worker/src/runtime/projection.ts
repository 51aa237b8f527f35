import type { DomainEvent, RecordedEvent } from '@spil/event-store';
import type { DestroyedKeyOf, ProjectionName, TableShape } from '@spil/read-model';

/** An event on its way into a read model. */
export interface FoldStep<Event extends DomainEvent = DomainEvent> extends RecordedEvent<Event> {
  /** Running maximum of the store's own time over the events of this read model: what as-of follows. */
  readonly recordedMax: Date;
}

/** What an event makes of a stream's document, and what it adds beside it. */
export interface Folded<Document, Entry> {
  /** The same object when nothing changed. */
  readonly document: Document | undefined;
  readonly entries?: readonly Entry[];
}

type Handler<Document, Entry, Event extends DomainEvent> = (
  document: Document | undefined,
  step: FoldStep<Event>,
) => Folded<Document, Entry>;

/** Every event type of a union and how it changes the rows; null where it does not. The compiler asks for all of them. */
export type EventMap<Document, Entry, Event extends DomainEvent> = {
  readonly [Type in Event['type']]: Handler<Document, Entry, Extract<Event, { type: Type }>> | null;
};

/** A stream's document before and after a batch. */
export interface Change<Document> {
  readonly stream: string;
  readonly before: Document | undefined;
  readonly after: Document;
}

/** Rows of one table: written in whole, added to a sum, removed by key, or emptied of what a destroyed key sealed. */
export interface TableChange {
  readonly table: TableShape;
  readonly rows: readonly object[];
  readonly removed?: readonly object[];
  readonly destroyed?: readonly DestroyedKeyOf[];
}

/** Where the document of a stream is found again. */
export interface DocumentPlace {
  readonly table: TableShape;
  /** Property of the table's key. */
  readonly key: string;
  /** Property that holds the document. */
  readonly document: string;
  readonly keyOf: (stream: string) => string;
}

/** A read model: which events change it, how, and what rows come of that. Pure; the runtime does the rest. */
export interface Projection<Document = unknown, Entry = unknown> {
  readonly name: ProjectionName;
  /** What its subscription asks for. */
  readonly eventTypes: readonly string[];
  /** Null for a read model that folds nothing and only adds entries. */
  readonly documents: DocumentPlace | null;
  /** @throws Error when the history makes no sense; the stream is then parked */
  fold(document: Document | undefined, step: FoldStep): Folded<Document, Entry>;
  tabulate(changes: readonly Change<Document>[], entries: readonly Entry[]): readonly TableChange[];
}

/** Makes a projection of its event map. */
export function projection<Document, Entry, Event extends DomainEvent>(definition: {
  readonly name: ProjectionName;
  readonly on: EventMap<Document, Entry, Event>;
  readonly documents: DocumentPlace | null;
  readonly tabulate: Projection<Document, Entry>['tabulate'];
}): Projection<Document, Entry> {
  const handlers = new Map<string, Handler<Document, Entry, DomainEvent>>();
  for (const [type, handler] of Object.entries(definition.on)) {
    if (handler) handlers.set(type, handler as Handler<Document, Entry, DomainEvent>);
  }
  return {
    name: definition.name,
    eventTypes: [...handlers.keys()],
    documents: definition.documents,
    fold: (document, step) => {
      const handler = handlers.get(step.event.type);
      if (!handler)
        throw new Error(`${definition.name} was given a ${step.event.type}, which it does not take`);
      return handler(document, step);
    },
    tabulate: definition.tabulate,
  };
}
