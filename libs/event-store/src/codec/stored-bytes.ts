import { canonicalJson, type JsonValue } from './json.js';

/**
 * The bytes of stored data or metadata, for proofs. The client parses JSON; Spil only ever writes canonical JSON, so that its
 * canonical form is what was stored. Bytes that are no JSON come as they are.
 */
export function storedBytes(part: unknown): Uint8Array {
  if (part === undefined) return new Uint8Array();
  if (part instanceof Uint8Array) return part;
  return Buffer.from(canonicalJson(part as JsonValue), 'utf8');
}
