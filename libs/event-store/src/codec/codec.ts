import type { EventMetadata } from '@spil/domain';
import { subjectName, type DataKey, type DataKeys, type KeySubject } from '../keys/key-subject.js';
import type { DomainEvent, EventToAppend, RecordedEvent, StoredEvent } from '../port.js';
import { isEnvelope, sealValue, type SealPlace } from './envelope.js';
import { eventTypes, type EventTypeTable, type EventTypeVersions } from './event-types.js';
import { canonicalJson, isJsonObject, toJson, type JsonObject, type JsonValue } from './json.js';
import { isEventMetadata, MalformedEvent } from './metadata.js';
import { PendingSeal } from './pending-seal.js';

/** A stored event whose type or version this process does not know, for example one written by a newer release. */
export interface UnknownEvent {
  readonly unknown: { readonly type: string; readonly version: number | null };
  readonly stream: string;
  readonly revision: bigint;
  readonly position: StoredEvent['position'];
}

/** Tells an event that this process cannot read from one that it can. */
export const isUnknownEvent = (decoded: RecordedEvent | UnknownEvent): decoded is UnknownEvent =>
  'unknown' in decoded;

/** An event on its way in, and what reading it back will give. */
export interface EncodedEvent extends EventToAppend {
  readonly readBack: Pick<RecordedEvent, 'event' | 'metadata'>;
}

export interface Codec {
  /**
   * Seals what is pending and writes canonical JSON. The wire type is not repeated in the data.
   * @throws DataKeyErased, KeyStoreUnavailable; TypeError when the event holds what JSON cannot hold
   */
  encode(
    event: DomainEvent,
    place: { readonly stream: string; readonly eventId: string },
    metadata: Omit<EventMetadata, 'schemaVersion'>,
    keys: DataKeys,
  ): Promise<EncodedEvent>;
  /** @throws MalformedEvent when a known type does not have the shape that every event has */
  decode(stored: StoredEvent): RecordedEvent | UnknownEvent;
}

/**
 * Builds the codec; `types` differs from the real table only in tests of the mechanism.
 * @throws Error when a version below the newest has no upcaster
 */
export function createCodec(types: EventTypeTable = eventTypes): Codec {
  const versionsOf = new Map<string, EventTypeVersions>(Object.entries(types));
  for (const [type, { version, upcasters }] of versionsOf) {
    for (let from = 1; from < version; from++) {
      if (!upcasters[from]) throw new Error(`${type} has no upcaster from version ${from}`);
    }
  }

  return {
    async encode(event, { stream, eventId }, metadata, keys) {
      const { type, ...fields } = event;
      const subjects = new Map<string, KeySubject>();
      const unsealed = toJson(fields, (value, path) => {
        if (isEnvelope(value))
          throw new TypeError(`a sealed value of another event at '${path}'; seal it anew`);
        if (!(value instanceof PendingSeal)) return undefined;
        const { subject } = PendingSeal.open(value);
        subjects.set(subjectName(subject), subject);
        return null;
      });
      const data =
        subjects.size === 0
          ? unsealed
          : sealed(fields, await keysFor(subjects, keys), { stream, eventId, wireType: type });
      const written = toJson({ ...metadata, schemaVersion: types[type].version });
      return {
        eventId,
        type,
        data: canonicalJson(data),
        metadata: canonicalJson(written),
        // Of the newest version, so no upcaster would touch it.
        readBack: {
          event: { type, ...(data as JsonObject) } as unknown as DomainEvent,
          metadata: written as unknown as EventMetadata,
        },
      };
    },

    decode(stored) {
      const { stream, revision, position, eventId, storedAt, type, metadata } = stored;
      const versions = versionsOf.get(type);
      const version = schemaVersionOf(metadata);
      if (!versions || version === null || version > versions.version) {
        if (versions && version === null) throw new MalformedEvent('the metadata', stored);
        return { unknown: { type, version }, stream, revision, position };
      }
      if (!isEventMetadata(metadata)) throw new MalformedEvent('the metadata', stored);
      if (!isJsonObject(stored.data)) throw new MalformedEvent('the data', stored);
      // Only this codec writes the log, from typed events; the frozen fixtures hold the upcasters to the same shape.
      const event = { type, ...upcast(stored.data, version, versions) } as unknown as DomainEvent;
      return { stream, revision, position, eventId, storedAt, event, metadata };
    },
  };
}

function upcast(data: JsonObject, from: number, { version, upcasters }: EventTypeVersions): JsonObject {
  let upcasted = data;
  for (let at = from; at < version; at++) {
    const upcaster = upcasters[at];
    if (!upcaster) throw new Error(`no upcaster from version ${at}`);
    upcasted = upcaster(upcasted);
  }
  return upcasted;
}

function schemaVersionOf(metadata: unknown): number | null {
  const version = isJsonObject(metadata) ? metadata['schemaVersion'] : undefined;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : null;
}

/** The fields with every pending seal sealed. */
const sealed = (
  fields: object,
  keyOf: (subject: KeySubject) => DataKey,
  place: SealPlace & { readonly wireType: string },
): JsonValue =>
  toJson(fields, (value, path) => {
    if (!(value instanceof PendingSeal)) return undefined;
    const { plaintext, subject } = PendingSeal.open(value);
    return { ...sealValue(plaintext, keyOf(subject), { ...place, path }) };
  });

async function keysFor(
  subjects: ReadonlyMap<string, KeySubject>,
  keys: DataKeys,
): Promise<(subject: KeySubject) => DataKey> {
  const found = new Map<string, DataKey>();
  for (const [name, subject] of subjects) found.set(name, await keys.keyFor(subject));
  return (subject) => {
    const key = found.get(subjectName(subject));
    if (!key) throw new Error('a pending seal appeared while its event was encoded');
    return key;
  };
}

/** The value with pending seals opened, for a fingerprint under the data key; never to be stored or logged. */
export const revealed = (value: unknown): JsonValue =>
  toJson(value, (part) => (part instanceof PendingSeal ? PendingSeal.open(part).plaintext : undefined));
