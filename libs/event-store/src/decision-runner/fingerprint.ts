import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { revealed } from '../codec/codec.js';
import { canonicalJson } from '../codec/json.js';
import { DataKeyErased, type DataKeys, type KeySubject } from '../keys/key-subject.js';

/** Stands where the key of the payload is destroyed: a repeat is then known by its command id alone. */
export const noFingerprint = '';

/**
 * Tells two payloads apart without giving either away: an HMAC under a key derived from the subject's data key, gone when that
 * key is. Without a subject, for payloads that hold no personal data, a plain hash.
 * @throws KeyStoreUnavailable
 */
export async function fingerprintOf(
  payload: unknown,
  subject: KeySubject | null,
  keys: DataKeys,
): Promise<string> {
  const text = canonicalJson(revealed(payload));
  if (subject === null) return createHash('sha256').update(text).digest('base64url');
  try {
    const { key } = await keys.keyFor(subject);
    const hmacKey = Buffer.from(hkdfSync('sha256', key, '', 'spil command fingerprint', 32));
    return createHmac('sha256', hmacKey).update(text).digest('base64url');
  } catch (error) {
    if (error instanceof DataKeyErased) return noFingerprint;
    throw error;
  }
}

/** Whether a command with this id is a repeat, as far as can still be told. */
export const samePayload = (recorded: string, given: string): boolean =>
  recorded === given || recorded === noFingerprint || given === noFingerprint;
