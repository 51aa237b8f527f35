import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealed } from '@spil/domain';
import type { DataKey } from '../keys/key-subject.js';
import { canonicalJson, isJsonObject, type JsonValue } from './json.js';

/**
 * A sealed value as it is stored: AES-256-GCM. Wire type and field path are those of the day of writing, so an upcaster that
 * renames either does not break the seal.
 */
export interface Envelope {
  readonly v: 1;
  /** Id of the data key. */
  readonly kid: string;
  /** Nonce, base64url. */
  readonly n: string;
  /** Ciphertext followed by the tag, base64url. */
  readonly c: string;
  /** Original wire type. */
  readonly t: string;
  /** Original field path, dotted. */
  readonly f: string;
}

/** The event that a sealed value belongs to; part of what the seal is bound to. */
export interface SealPlace {
  readonly stream: string;
  readonly eventId: string;
}

/** A sealed value cannot be opened: it was moved, changed, or is no envelope. */
export class BrokenSeal extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`a sealed value cannot be opened: ${reason}`, options);
    this.name = 'BrokenSeal';
  }
}

const tagLength = 16;

const associatedData = (envelope: Pick<Envelope, 'v' | 'kid' | 't' | 'f'>, place: SealPlace): Buffer =>
  Buffer.from(
    JSON.stringify([envelope.v, envelope.kid, envelope.t, envelope.f, place.stream, place.eventId]),
  );

/** Encrypts a value for one field of one event; it opens nowhere else. */
export function sealValue(
  plaintext: JsonValue,
  dataKey: DataKey,
  place: SealPlace & { readonly wireType: string; readonly path: string },
): Envelope {
  const bound = { v: 1, kid: dataKey.keyId, t: place.wireType, f: place.path } as const;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', dataKey.key, nonce).setAAD(associatedData(bound, place));
  const ciphertext = Buffer.concat([
    cipher.update(canonicalJson(plaintext), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { ...bound, n: nonce.toString('base64url'), c: ciphertext.toString('base64url') };
}

/** Decrypts an envelope where it belongs. @throws BrokenSeal */
export function openEnvelope(envelope: Envelope, key: Buffer, place: SealPlace): JsonValue {
  const bytes = Buffer.from(envelope.c, 'base64url');
  const split = bytes.length - tagLength;
  if (split < 0) throw new BrokenSeal('it is too short');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.n, 'base64url'), {
      authTagLength: tagLength,
    })
      .setAAD(associatedData(envelope, place))
      .setAuthTag(bytes.subarray(split));
    const text = Buffer.concat([decipher.update(bytes.subarray(0, split)), decipher.final()]).toString(
      'utf8',
    );
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new BrokenSeal('it does not belong here or was changed', { cause });
  }
}

/** Recognises an envelope. */
export const isEnvelope = (value: unknown): value is Envelope =>
  isJsonObject(value) &&
  value['v'] === 1 &&
  ['kid', 'n', 'c', 't', 'f'].every((name) => typeof value[name] === 'string') &&
  Object.keys(value).length === 6;

/** The envelope behind a sealed value that was read back. @throws BrokenSeal */
export function envelopeOf(sealed: Sealed): Envelope {
  const value: unknown = sealed;
  if (!isEnvelope(value)) throw new BrokenSeal('it is no envelope');
  return value;
}
