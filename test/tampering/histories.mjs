// Histories with the bundles that Spil would make of them, by the code of Spil, for tampering with.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  append,
  bundledAbsence,
  bundledEvent,
  bundledHead,
  checkpointBody,
  consistencyRanges,
  cosign,
  earlierHead,
  emptyTree,
  eventLeafHash,
  FoldedHeads,
  formatNote,
  frontierAt,
  hashOf,
  inclusionRanges,
  newKeyFile,
  nodeSource,
  parseKeyFile,
  rootOf,
  signatureTypes,
  signNote,
} from '../../dist/libs/proof/src/index.js';

/** Whole numbers below `limit`, the same for the same seed. */
export function randomFrom(seed) {
  let state = createHash('sha256').update(String(seed)).digest().readUInt32BE();
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

export const keysOf = () => ({
  log: parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note),
  witness: parseKeyFile(newKeyFile('witness.example/w'), signatureTypes.cosignature),
});

const uuid = (random) => {
  const hex = Array.from({ length: 32 }, () => random(16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** A log of some streams that grow in turns. */
export function randomLog(random, size) {
  const streams = Array.from({ length: 1 + random(8) }, () => ({ name: `case-${uuid(random)}`, next: 0n }));
  return Array.from({ length: size }, (_, index) => {
    const stream = streams[random(streams.length)];
    const data = JSON.stringify({ amount: random(1_000), fact: ['A', 'B', 'C'][random(3)], n: index });
    return {
      stream: stream.name,
      revision: stream.next++,
      eventId: uuid(random),
      type: ['CaseRegistered', 'PiketRequested', 'CaseClosed'][random(3)],
      data: Buffer.from(data),
      metadata: Buffer.from(JSON.stringify({ commandId: uuid(random), schemaVersion: 1 })),
    };
  });
}

/**
 * A log with its tree, as the worker keeps it; `headsVersion` is that of the checkpoints over it. A forger may leave out of what
 * is committed to about the streams the leaves that `isTold` says no to.
 */
export function treeOf(log, { headsVersion = 2, isTold = () => true } = {}) {
  const { nodes } = append(emptyTree, log.map(eventLeafHash));
  return { log, source: nodeSource(nodes), headsVersion, isTold };
}

const known = new WeakMap();

/** What is committed to about the streams after the first `size` events; worked out once for each tree and size. */
function headsAt(tree, size) {
  const bySize = known.get(tree) ?? new Map();
  known.set(tree, bySize);
  if (!bySize.has(size)) {
    const heads = new FoldedHeads();
    for (const [index, event] of tree.log.slice(0, size).entries())
      if (tree.isTold(index, size)) heads.add(event, eventLeafHash(event));
    bySize.set(size, heads);
  }
  return bySize.get(size);
}

/** What shows which events of a stream are committed to after the first `size` events. */
export function headAt(tree, stream, size) {
  const heads = headsAt(tree, size);
  const own = heads.prove(stream, tree.headsVersion);
  if (own) return bundledHead(own.revision, own.proof);
  return tree.headsVersion === 1 ? undefined : bundledAbsence(heads.proveAbsence(stream));
}

/** The signed note over the first `size` events; `witnesses` are those that cosign it. */
export function checkpointOver(tree, size, logKey, witnesses) {
  const root = rootOf(frontierAt(size, tree.source));
  const { headsVersion } = tree;
  const heads = headsAt(tree, size).root(headsVersion);
  const body = checkpointBody({ origin: logKey.name, size, root, heads, headsVersion });
  const cosigned = witnesses.map((witness) => cosign(body, witness, 1_700_000_000 + size));
  return formatNote({ body, signatures: [signNote(body, logKey), ...cosigned] });
}

const consistency = ({ source }, from, to) =>
  consistencyRanges(from, to).map((range) => hashOf(range, source));

/**
 * The bundle of one stream under a checkpoint over the whole log, with one earlier checkpoint. Of an event that is in the log in
 * several versions it holds the one that `isShown` says yes to.
 */
export function streamBundle(tree, stream, checkpoint, earlier, isShown = () => true) {
  const size = tree.log.length;
  const events = tree.log.flatMap((event, index) => {
    if (event.stream !== stream || !isShown(index)) return [];
    return [
      bundledEvent(
        index,
        event,
        inclusionRanges(index, size).map((range) => hashOf(range, tree.source)),
      ),
    ];
  });
  return assembled(
    tree,
    { kind: 'stream', stream, head: headAt(tree, stream, size) },
    checkpoint,
    earlier,
    events,
  );
}

/** The bundle of the first `size` events. */
export function logBundle(tree, size, checkpoint, earlier) {
  const events = tree.log.slice(0, size).map((event, index) => bundledEvent(index, event));
  return assembled(tree, { kind: 'log', size }, checkpoint, earlier, events);
}

function assembled(tree, scope, checkpoint, earlier, events) {
  const to = tree.log.length;
  const links = earlier.map(({ size, note }) =>
    earlierHead(
      size,
      consistency(tree, size, to),
      note,
      scope.kind === 'stream' ? headAt(tree, scope.stream, size) : undefined,
    ),
  );
  const own = scope.kind === 'log' && scope.size < to && !earlier.some(({ size }) => size === scope.size);
  if (own) links.push(earlierHead(scope.size, consistency(tree, scope.size, to)));
  const bundle = { format: 'spil-audit-bundle/2', scope, checkpoint, earlier: links, events, eventTypes: {} };
  // As it is read from a file.
  return JSON.parse(JSON.stringify(bundle));
}
