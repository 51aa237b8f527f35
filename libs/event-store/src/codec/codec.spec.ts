import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { CaseEvent, EventMetadata, LocationEvent } from '@spil/domain';
import type { DataKeys, KeySubject } from '../keys/key-subject.js';
import type { EventToAppend, StoredEvent } from '../port.js';
import { createCodec, isUnknownEvent } from './codec.js';
import { BrokenSeal, isEnvelope, openEnvelope, type Envelope } from './envelope.js';
import { eventTypes } from './event-types.js';
import { canonicalJson, toJson, type JsonObject } from './json.js';
import { pendingSeal } from './pending-seal.js';

const key = randomBytes(32);
const keys: DataKeys = { keyFor: () => Promise.resolve({ keyId: 'key-1', key }) };
const subject: KeySubject = { kind: 'CASE', clientId: 'c', caseId: 'k', organisationId: 'o' };
const secret = 'Canary van der Fictie';

const metadata: Omit<EventMetadata, 'schemaVersion'> = {
  commandId: 'command-1',
  correlationId: 'command-1',
  causationId: 'command-1',
  actor: { kind: 'SYSTEM', process: 'test' },
  mandate: 'CASEWORK',
  recordedAt: '2021-03-31T09:30:00.000Z',
  fingerprint: 'f',
};

const locationRegistered: LocationEvent = {
  type: 'LocationRegistered',
  locationId: 'zwolle',
  facts: { name: 'Zwolle', municipalities: ['GM0193'], arrondissement: 'OVERIJSSEL' },
  occurredAt: '2021-03-31T09:30:00.000Z',
};

const conversationRecorded: CaseEvent = {
  type: 'PiketConversationRecorded',
  caseId: 'k',
  occurredAt: '2021-03-31T09:30:00.000Z',
  conversationId: 'conversation',
  side: 'ASKING',
  registrationId: 'registration',
  recordedBy: {
    professionalId: 'p',
    organisationId: 'o',
    organisationKind: 'JURIDISCH_LOKET',
    locationId: 'zwolle',
  },
  account: {
    result: 'ADVICE_GIVEN',
    advice: pendingSeal(secret, subject),
    durationMinutes: 12,
    rating: null,
    motivation: pendingSeal({ why: [secret, null] }, subject),
    latWithoutDesk: 'NO',
  },
};

const place = { stream: 'case-k', eventId: '7d1f6a0e-34a5-4c8e-9a86-0d3a7ff8a001' };

const stored = (event: EventToAppend, over: Partial<StoredEvent> = {}): StoredEvent => ({
  stream: place.stream,
  revision: 0n,
  position: { commit: 1n, prepare: 1n },
  eventId: event.eventId,
  type: event.type,
  data: JSON.parse(event.data),
  metadata: JSON.parse(event.metadata),
  storedAt: new Date(0),
  ...over,
});

const sealedAdvice = async (): Promise<Envelope> => {
  const encoded = await createCodec().encode(conversationRecorded, place, metadata, keys);
  const data = JSON.parse(encoded.data) as { account: { advice: Envelope } };
  return data.account.advice;
};

describe('canonical JSON', () => {
  it('is the same text whatever the order in which a value was built', () => {
    expect(canonicalJson({ b: 1, a: { d: [1e21, -0], c: 'é' } })).toBe('{"a":{"c":"é","d":[1e+21,0]},"b":1}');
  });

  it.each([
    ['a lone surrogate', { text: 'x\ud800' }],
    ['a number that is none', { text: Number.NaN }],
    ['a bigint', { text: 1n }],
    ['a Map', { text: new Map() }],
    ['undefined inside an array', { text: [undefined] }],
  ])('refuses %s and names the path', (_, value) => {
    expect(() => toJson(value)).toThrow(/'text/);
  });

  it('leaves absent properties out', () => {
    expect(toJson({ a: undefined, b: null })).toEqual({ b: null });
  });
});

describe('codec', () => {
  const codec = createCodec();

  it('decodes what it encoded', async () => {
    const encoded = await codec.encode(locationRegistered, place, metadata, keys);
    expect(codec.decode(stored(encoded))).toEqual({
      stream: place.stream,
      revision: 0n,
      position: { commit: 1n, prepare: 1n },
      eventId: place.eventId,
      storedAt: new Date(0),
      event: locationRegistered,
      metadata: { ...metadata, schemaVersion: 1 },
    });
  });

  it('answers unknown for a type and for a version that it does not know', async () => {
    const encoded = await codec.encode(locationRegistered, place, metadata, keys);
    const newer = stored(encoded, { metadata: { ...metadata, schemaVersion: 2 } });
    expect(codec.decode(newer)).toMatchObject({ unknown: { type: 'LocationRegistered', version: 2 } });
    const other = codec.decode(stored(encoded, { type: 'LocationDreamt' }));
    expect(isUnknownEvent(other) && other.unknown).toEqual({ type: 'LocationDreamt', version: 1 });
  });

  it.each([
    ['metadata without an actor', { metadata: { ...metadata, schemaVersion: 1, actor: null } }],
    ['metadata without a version', { metadata }],
    ['data that are no object', { data: 'text' }],
  ])('refuses a known event with %s', async (_, broken) => {
    const encoded = await codec.encode(locationRegistered, place, metadata, keys);
    expect(() => codec.decode(stored(encoded, broken))).toThrow(/malformed/);
  });
});

describe('upcasters', () => {
  /** As it was written by a first release; frozen, never to be edited. */
  const frozenVersion1 = {
    data: '{"id":"zwolle","name":"Zwolle","occurredAt":"2021-03-31T09:30:00.000Z"}',
    metadata:
      '{"actor":{"kind":"SYSTEM","process":"test"},"causationId":"c","commandId":"c","correlationId":"c","fingerprint":"f","mandate":"CASEWORK","recordedAt":"2021-03-31T09:30:00.000Z","schemaVersion":1}',
  };
  const upcasters = {
    1: ({ id, ...rest }: JsonObject): JsonObject => ({ ...rest, locationId: id ?? null }),
    2: ({ name, ...rest }: JsonObject): JsonObject => ({
      ...rest,
      facts: { name: name ?? '', municipalities: [], arrondissement: 'OVERIJSSEL' },
    }),
  };

  it('bring an event of the first version to the newest, step by step', () => {
    const codec = createCodec({ ...eventTypes, LocationRegistered: { version: 3, upcasters } });
    const old = { ...frozenVersion1, eventId: place.eventId, type: 'LocationRegistered' };
    expect(codec.decode(stored(old))).toMatchObject({
      event: {
        type: 'LocationRegistered',
        locationId: 'zwolle',
        facts: { name: 'Zwolle', municipalities: [], arrondissement: 'OVERIJSSEL' },
        occurredAt: '2021-03-31T09:30:00.000Z',
      },
    });
  });

  it('must be complete: a version without one does not start', () => {
    expect(() =>
      createCodec({ ...eventTypes, LocationRegistered: { version: 3, upcasters: { 2: upcasters[2] } } }),
    ).toThrow('LocationRegistered has no upcaster from version 1');
  });
});

describe('sealing', () => {
  it('replaces every pending seal, also a nested one, by an envelope that names its field', async () => {
    const encoded = await createCodec().encode(conversationRecorded, place, metadata, keys);
    expect(encoded.data).not.toContain(secret);
    const { account } = JSON.parse(encoded.data) as { account: { advice: Envelope; motivation: Envelope } };
    expect(account.advice).toMatchObject({
      v: 1,
      kid: 'key-1',
      t: 'PiketConversationRecorded',
      f: 'account.advice',
    });
    expect(openEnvelope(account.advice, key, place)).toBe(secret);
    expect(openEnvelope(account.motivation, key, place)).toEqual({ why: [secret, null] });
  });

  it.each([
    ['another event', { eventId: '7d1f6a0e-34a5-4c8e-9a86-0d3a7ff8a002' }, {}],
    ['another stream', { stream: 'case-other' }, {}],
    ['another field', {}, { f: 'account.motivation' }],
    ['another event type', {}, { t: 'ConversationCorrected' }],
    ['another key id', {}, { kid: 'key-2' }],
  ])('does not open on %s', async (_, elsewhere, changed) => {
    const envelope = { ...(await sealedAdvice()), ...changed };
    expect(() => openEnvelope(envelope, key, { ...place, ...elsewhere })).toThrow(BrokenSeal);
  });

  it('does not open when its text was changed or cut', async () => {
    const envelope = await sealedAdvice();
    const bytes = Buffer.from(envelope.c, 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(() => openEnvelope({ ...envelope, c: bytes.toString('base64url') }, key, place)).toThrow(
      BrokenSeal,
    );
    expect(() => openEnvelope({ ...envelope, c: 'AAAA' }, key, place)).toThrow(BrokenSeal);
  });

  it('never encrypts the same text to the same bytes', async () => {
    expect((await sealedAdvice()).c).not.toBe((await sealedAdvice()).c);
  });

  it('refuses to copy a sealed value into another event', async () => {
    const { type, ...fields } = { ...locationRegistered, facts: await sealedAdvice() };
    expect(isEnvelope(fields.facts)).toBe(true);
    const copy = { type, ...fields } as unknown as LocationEvent;
    await expect(createCodec().encode(copy, place, metadata, keys)).rejects.toThrow('seal it anew');
  });

  it.each([
    ['JSON.stringify', (value: unknown) => JSON.stringify({ value })],
    ['inspection', (value: unknown) => inspect({ value }, { showHidden: true, depth: 9, getters: true })],
    ['text', (value: unknown) => String(value)],
    ['structuredClone', (value: unknown) => inspect(structuredClone(value), { showHidden: true })],
    ['its keys', (value: unknown) => JSON.stringify(Reflect.ownKeys(value as object).map(String))],
  ])('a pending seal shows nothing to %s', (_, show) => {
    expect(show(pendingSeal(secret, subject))).not.toContain('Canary');
  });
});
