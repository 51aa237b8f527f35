import { emptyRoot, nodeHash, type Hash } from './hash.js';

/**
 * A complete subtree of the tree of RFC 6962: level 0 is a leaf, and node `index` of a level covers the 2^level leaves from
 * `index` * 2^level on. It never changes once its last leaf is there. Numbers of leaves are safe integers.
 */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

export interface TreeNode extends NodeId {
  readonly hash: Hash;
}

/** Leaves from `start` up to and without `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The right edge of a tree: what is needed to append to it and to know its root. */
export interface Frontier {
  readonly size: number;
  /** Roots of the largest complete subtrees, from left to right; one for every bit that is set in `size`. */
  readonly peaks: readonly Hash[];
}

/** Finds the hash of a complete subtree. */
export type NodeSource = (node: NodeId) => Hash;

export const emptyTree: Frontier = { size: 0, peaks: [] };

/** Appends leaves. @returns the new right edge, and every node that became complete, leaves included */
export function append(
  { size, peaks }: Frontier,
  leaves: readonly Hash[],
): { readonly frontier: Frontier; readonly nodes: readonly TreeNode[] } {
  const edge = [...peaks];
  const nodes: TreeNode[] = [];
  let at = size;
  for (const leaf of leaves) {
    let node: TreeNode = { level: 0, index: at++, hash: leaf };
    nodes.push(node);
    while (node.index % 2 === 1) {
      const left = edge.pop();
      if (left === undefined) throw new RangeError('the right edge does not belong to a tree of this size');
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      nodes.push(node);
    }
    edge.push(node.hash);
  }
  return { frontier: { size: at, peaks: edge }, nodes };
}

export const rootOf = ({ peaks }: Frontier): Hash => joined(peaks);

/** Root over leaves that are all at hand. */
export const rootOfLeaves = (leaves: readonly Hash[]): Hash => rootOf(append(emptyTree, leaves).frontier);

/** The largest complete subtrees that make up a range, from left to right. The range starts where a subtree of its size may. */
export function nodesOf({ start, end }: Range): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Looks hashes up among nodes at hand; throws when one is not there. */
export function nodeSource(nodes: Iterable<TreeNode>): NodeSource {
  const hashes = new Map<string, Hash>();
  for (const { level, index, hash } of nodes) hashes.set(`${level}/${index}`, hash);
  return ({ level, index }) => {
    const hash = hashes.get(`${level}/${index}`);
    if (hash === undefined) throw new RangeError(`the node ${index} of level ${level} is not there`);
    return hash;
  };
}

export const hashOf = (range: Range, source: NodeSource): Hash => joined(nodesOf(range).map(source));

export const frontierAt = (size: number, source: NodeSource): Frontier => ({
  size,
  peaks: nodesOf({ start: 0, end: size }).map(source),
});

/** Ranges whose hashes prove that a leaf is in a tree, from the leaf upwards (RFC 6962, 2.1.1). @throws RangeError */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index < 0 || index >= size) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  const path = (start: number, end: number): Range[] => {
    if (end - start === 1) return [];
    const middle = start + largestPowerBelow(end - start);
    return index < middle
      ? [...path(start, middle), { start: middle, end }]
      : [...path(middle, end), { start, end: middle }];
  };
  return path(0, size);
}

/** Ranges whose hashes prove that a tree grew out of a smaller one (RFC 6962, 2.1.2). @throws RangeError */
export function consistencyRanges(from: number, to: number): Range[] {
  if (from < 0 || from > to)
    throw new RangeError(`a tree of ${to} leaves did not grow out of one of ${from}`);
  const proof = (start: number, end: number, whole: boolean): Range[] => {
    if (end === from) return whole ? [] : [{ start, end }];
    const middle = start + largestPowerBelow(end - start);
    return from <= middle
      ? [...proof(start, middle, whole), { start: middle, end }]
      : [...proof(middle, end, false), { start, end: middle }];
  };
  return from === 0 ? [] : proof(0, to, true);
}

function joined(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot;
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The largest power of two that is smaller than a number above 1. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
