import {
  isUnknownEvent,
  type Codec,
  type Position,
  type RecordedEvent,
  type StoredEvent,
} from '@spil/event-store';

/** A stored event and what it turned out to be. */
export interface Delivery {
  readonly stored: StoredEvent;
  readonly content:
    | { readonly kind: 'known'; readonly event: RecordedEvent }
    /** Of a type or version that this process does not know. */
    | { readonly kind: 'unknown'; readonly description: string }
    /** Of a known type, but not in the shape that every event has. */
    | { readonly kind: 'malformed'; readonly error: unknown };
}

/** Decodes once for all read models. */
export function deliver(stored: StoredEvent, codec: Pick<Codec, 'decode'>): Delivery {
  try {
    const decoded = codec.decode(stored);
    if (!isUnknownEvent(decoded)) return { stored, content: { kind: 'known', event: decoded } };
    const { type, version } = decoded.unknown;
    return { stored, content: { kind: 'unknown', description: `${type} version ${version ?? 'unknown'}` } };
  } catch (error) {
    return { stored, content: { kind: 'malformed', error } };
  }
}

/** Whether `a` lies after `b`; everything lies after undefined. */
export const isAfter = (a: Position, b: Position | undefined): boolean =>
  b === undefined || a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);
