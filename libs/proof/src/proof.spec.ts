import fc from 'fast-check';
import { emptyRoot, leafHash, nodeHash, type Hash } from './hash.js';
import { eventLeaf, eventLeafHash } from './leaf.js';
import {
  append,
  consistencyRanges,
  emptyTree,
  frontierAt,
  hashOf,
  inclusionRanges,
  nodeSource,
  nodesOf,
  rootOf,
  rootOfLeaves,
} from './tree.js';
import { provesConsistency, provesInclusion } from './verify-proof.js';

/** The test vector of Certificate Transparency's reference implementation: eight leaves and their roots. */
const vector = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(Buffer.from(hex, 'hex')));
const vectorRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 6962, word by word. */
function definedRoot(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return emptyRoot;
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

const leavesOf = (count: number): Hash[] =>
  Array.from({ length: count }, (_, at) => leafHash(Buffer.from(String(at))));
const sizes = fc.integer({ min: 1, max: 300 });

describe('the tree', () => {
  it.each(vectorRoots.map((root, at) => [at + 1, root]))(
    'of %i leaves has the root of the published test vector',
    (size, root) => {
      expect(rootOfLeaves(vector.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('has the root that RFC 6962 defines, at any size, empty included', () => {
    for (let size = 0; size < 70; size++)
      expect(rootOfLeaves(leavesOf(size))).toEqual(definedRoot(leavesOf(size)));
  });

  it('is the same whether its leaves came at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 }), (parts) => {
        const leaves = leavesOf(parts.reduce((sum, part) => sum + part, 0));
        let frontier = emptyTree;
        for (const part of parts)
          frontier = append(frontier, leaves.slice(frontier.size, frontier.size + part)).frontier;
        expect(frontier).toEqual(append(emptyTree, leaves).frontier);
      }),
    );
  });

  it('is known at every earlier size from the nodes that were complete', () => {
    const source = nodeSource(append(emptyTree, leavesOf(67)).nodes);
    for (let size = 0; size <= 67; size++)
      expect(rootOf(frontierAt(size, source))).toEqual(definedRoot(leavesOf(size)));
  });

  it('stores one node per leaf and one per pair: fewer than two for each leaf', () => {
    expect(append(emptyTree, leavesOf(1_000)).nodes.length).toBeLessThan(2_000);
  });
});

describe('an inclusion proof', () => {
  const proofOf = (index: number, size: number): Hash[] => {
    const source = nodeSource(append(emptyTree, leavesOf(size)).nodes);
    return inclusionRanges(index, size).map((range) => hashOf(range, source));
  };

  it('proves every leaf of every tree, and reads a logarithm of its nodes', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, pick) => {
        const index = pick % size;
        const root = definedRoot(leavesOf(size));
        const leaf = leavesOf(size)[index] ?? emptyRoot;
        expect(provesInclusion(leaf, index, { size, root }, proofOf(index, size))).toBe(true);
        const read = inclusionRanges(index, size).flatMap(nodesOf).length;
        expect(read).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size)) + 1);
      }),
    );
  });

  it('proves nothing about another leaf, another place, another root, or when a hash was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (size, pick, other) => {
        const index = pick % size;
        const root = definedRoot(leavesOf(size));
        const leaf = leavesOf(size)[index] ?? emptyRoot;
        const path = proofOf(index, size);
        const changed = path.map((hash, at) => (at === other % path.length ? leafHash(hash) : hash));
        expect(provesInclusion(leafHash(leaf), index, { size, root }, path)).toBe(false);
        expect(provesInclusion(leaf, (index + 1) % size, { size, root }, path)).toBe(false);
        expect(provesInclusion(leaf, index, { size, root: leafHash(root) }, path)).toBe(false);
        expect(provesInclusion(leaf, index, { size, root }, changed)).toBe(false);
        expect(provesInclusion(leaf, index, { size, root }, path.slice(1))).toBe(false);
        expect(provesInclusion(leaf, index, { size, root }, [...path, root])).toBe(false);
      }),
    );
  });

  it('is not made for a leaf that is not there', () => {
    expect(() => inclusionRanges(5, 5)).toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  const proofOf = (from: number, to: number): Hash[] => {
    const source = nodeSource(append(emptyTree, leavesOf(to)).nodes);
    return consistencyRanges(from, to).map((range) => hashOf(range, source));
  };
  const headOf = (size: number) => ({ size, root: definedRoot(leavesOf(size)) });

  it('proves for all pairs of sizes up to 40 that one tree grew out of the other', () => {
    for (let to = 0; to <= 40; to++)
      for (let from = 0; from <= to; from++)
        expect([from, to, provesConsistency(headOf(from), headOf(to), proofOf(from, to))]).toEqual([
          from,
          to,
          true,
        ]);
  });

  it('proves nothing when an old leaf was changed, or a hash of the proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (to, pick, other) => {
        const from = 1 + (pick % (to - 1));
        const rewritten = leavesOf(to).map((leaf, at) => (at === other % from ? leafHash(leaf) : leaf));
        const source = nodeSource(append(emptyTree, rewritten).nodes);
        const proof = consistencyRanges(from, to).map((range) => hashOf(range, source));
        expect(provesConsistency(headOf(from), { size: to, root: definedRoot(rewritten) }, proof)).toBe(
          false,
        );
        const changed = proofOf(from, to).map((hash, at, all) =>
          at === other % all.length ? leafHash(hash) : hash,
        );
        expect(provesConsistency(headOf(from), headOf(to), changed)).toBe(false);
        expect(provesConsistency(headOf(to), headOf(from), proofOf(from, to))).toBe(false);
      }),
    );
  });
});

describe('the leaf of an event', () => {
  const event = {
    stream: 'case-1',
    revision: 0n,
    eventId: '7d1f6a0e-34a5-4c8e-9a86-0d3a7ff8a001',
    type: 'CaseClosed',
    data: Buffer.from('{}'),
    metadata: Buffer.from('{}'),
  };

  it('is the same bytes for ever', () => {
    expect(eventLeafHash(event).toString('hex')).toBe(frozenLeaf);
  });

  it('is never that of another event, also when a boundary between its parts moves', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat({ max: 5 }), (stream, type, moved) => {
        const other = stream + type;
        const cut = moved % (other.length + 1);
        const shifted = { ...event, stream: other.slice(0, cut), type: other.slice(cut) };
        const same = shifted.stream === stream && shifted.type === type;
        expect(eventLeaf(shifted).equals(eventLeaf({ ...event, stream, type }))).toBe(same);
      }),
    );
  });
});

/** Frozen, never to be edited: leaves of this form are under signed checkpoints. */
const frozenLeaf = '3fc7964d7b87fd7866e0e47b483a624b1a0e333f646884378c6a3d78cc2d9480';
