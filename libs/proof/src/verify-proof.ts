import { emptyRoot, nodeHash, type Hash } from './hash.js';

/** Whether a path shows that a leaf is in the tree with this root (RFC 9162, 2.1.3.2). */
export function provesInclusion(
  leaf: Hash,
  index: number,
  tree: { readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  if (index < 0 || index >= tree.size) return false;
  let at = index;
  let last = tree.size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(tree.root);
}

/** Whether a proof shows that the newer tree begins with the leaves of the older one (RFC 9162, 2.1.4.2). */
export function provesConsistency(
  older: { readonly size: number; readonly root: Hash },
  newer: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0 && older.root.equals(emptyRoot);
  let at = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // A whole left subtree needs no hash of its own: it is the older root.
  const hashes = at === 0 ? [older.root, ...proof] : [...proof];
  const first = hashes.shift();
  if (first === undefined) return false;
  let olderHash = first;
  let newerHash = first;
  for (const hash of hashes) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      olderHash = nodeHash(hash, olderHash);
      newerHash = nodeHash(hash, newerHash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newerHash = nodeHash(newerHash, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && olderHash.equals(older.root) && newerHash.equals(newer.root);
}

// Beyond 32 bits, where the shift operators of JavaScript end.
const isOdd = (number: number): boolean => number % 2 === 1;
const half = (number: number): number => Math.floor(number / 2);
