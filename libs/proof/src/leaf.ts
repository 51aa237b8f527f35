import { leafHash, type Hash } from './hash.js';

/** What of a stored event is proven. Position and store time are left out: they change when a log is migrated. */
export interface LeafEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  readonly type: string;
  /** Bytes as stored; for a sealed field that is its ciphertext, so that an erasure changes nothing. */
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/**
 * One leaf per event: a label and the six parts, each after its length as four bytes, most significant first. No two events
 * have the same leaf, whatever their parts hold.
 */
export const eventLeaf = ({ stream, revision, eventId, type, data, metadata }: LeafEvent): Buffer =>
  framed('spil-event/1', stream, revision.toString(), eventId.toLowerCase(), type, data, metadata);

export const eventLeafHash = (event: LeafEvent): Hash => leafHash(eventLeaf(event));

/** Parts that can be told apart again: each after its length. */
export function framed(...parts: readonly (string | Uint8Array)[]): Buffer {
  const pieces = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(pieces);
}
