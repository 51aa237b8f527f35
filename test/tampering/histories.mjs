// Histories with the bundles that Spil would make of them, by the code of Spil, for tampering with.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  append,
  bucketCount,
  bucketFrom,
  bucketOf,
  bundledEvent,
  checkpointBody,
  consistencyRanges,
  cosign,
  earlierHead,
  emptyBucket,
  emptyTree,
  eventLeafHash,
  formatNote,
  frontierAt,
  hashOf,
  headsRoot,
  inclusionRanges,
  newKeyFile,
  nodeSource,
  parseKeyFile,
  proveHead,
  rootOf,
  signatureTypes,
  signNote,
  streamScope,
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

/** A log with its tree, as the worker keeps it. */
export function treeOf(log) {
  const { nodes } = append(emptyTree, log.map(eventLeafHash));
  return { log, source: nodeSource(nodes) };
}

const known = new WeakMap();

/** Where the streams end after the first `size` events; worked out once for each log and size. */
function headsAt(log, size) {
  const bySize = known.get(log) ?? new Map();
  known.set(log, bySize);
  if (!bySize.has(size)) bySize.set(size, headsOf(log.slice(0, size)));
  return bySize.get(size);
}

function headsOf(log) {
  const last = new Map(log.map(({ stream, revision }) => [stream, revision]));
  const byBucket = new Map();
  for (const [stream, revision] of last)
    byBucket.set(bucketOf(stream), [...(byBucket.get(bucketOf(stream)) ?? []), { stream, revision }]);
  const buckets = Array.from({ length: bucketCount }, () => emptyBucket);
  for (const [at, heads] of byBucket) buckets[at] = bucketFrom(heads);
  return { buckets, root: headsRoot(buckets), inBucket: (at) => byBucket.get(at), last };
}

/** The signed note over the first `size` events; `witnesses` are those that cosign it. */
export function checkpointOver({ log, source }, size, logKey, witnesses) {
  const root = rootOf(frontierAt(size, source));
  const heads = headsAt(log, size).root;
  const body = checkpointBody({ origin: logKey.name, size, root, heads });
  const cosigned = witnesses.map((witness) => cosign(body, witness, 1_700_000_000 + size));
  return formatNote({ body, signatures: [signNote(body, logKey), ...cosigned] });
}

const consistency = ({ source }, from, to) =>
  consistencyRanges(from, to).map((range) => hashOf(range, source));

/** The bundle of one stream under a checkpoint over the whole log, with one earlier checkpoint. */
export function streamBundle(tree, stream, checkpoint, earlier) {
  const size = tree.log.length;
  const { buckets, inBucket, last } = headsAt(tree.log, size);
  const events = tree.log.flatMap((event, index) => {
    if (event.stream !== stream) return [];
    return [
      bundledEvent(
        index,
        event,
        inclusionRanges(index, size).map((range) => hashOf(range, tree.source)),
      ),
    ];
  });
  const scope = streamScope(stream, last.get(stream), proveHead(stream, inBucket(bucketOf(stream)), buckets));
  return assembled(tree, scope, checkpoint, earlier, events);
}

/** The bundle of the first `size` events. */
export function logBundle(tree, size, checkpoint, earlier) {
  const events = tree.log.slice(0, size).map((event, index) => bundledEvent(index, event));
  return assembled(tree, { kind: 'log', size }, checkpoint, earlier, events);
}

function assembled(tree, scope, checkpoint, earlier, events) {
  const to = tree.log.length;
  const links = earlier.map(({ size, note }) => earlierHead(size, consistency(tree, size, to), note));
  const own = scope.kind === 'log' && scope.size < to && !earlier.some(({ size }) => size === scope.size);
  if (own) links.push(earlierHead(scope.size, consistency(tree, scope.size, to)));
  const bundle = { format: 'spil-audit-bundle/1', scope, checkpoint, earlier: links, events, eventTypes: {} };
  // As it is read from a file.
  return JSON.parse(JSON.stringify(bundle));
}
