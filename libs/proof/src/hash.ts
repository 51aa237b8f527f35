import { createHash } from 'node:crypto';

/** A SHA-256 hash: 32 bytes. */
export type Hash = Buffer;

export const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Hash of a leaf by RFC 6962, 2.1. */
export const leafHash = (leaf: Uint8Array): Hash => sha256(leafPrefix, leaf);

/** Hash of an inner node by RFC 6962, 2.1. */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(nodePrefix, left, right);

/** Root of the tree without leaves by RFC 6962, 2.1. */
export const emptyRoot: Hash = sha256();
