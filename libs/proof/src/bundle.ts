import type { Hash } from './hash.js';
import type { LeafEvent } from './leaf.js';
import type { AbsenceProof, HeadProof } from './stream-heads.js';

/** Bytes as stored: a text when they are JSON, as all events of Spil are, else in base64. */
export type StoredText = string | { readonly base64: string };

/** An event as an audit bundle holds it. Numbers that may grow large are decimal strings. */
export interface BundledEvent {
  /** Number of its leaf: how many events of all streams went before it. */
  readonly index: number;
  readonly stream: string;
  readonly revision: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: StoredText;
  readonly metadata: StoredText;
  /** Hashes in base64, from the leaf upwards; left out where the bundle holds every leaf. */
  readonly inclusion?: readonly string[];
}

/** An earlier state of the tree, and the proof that the bundle's checkpoint grew out of it. */
export interface EarlierHead {
  readonly size: number;
  /** The signed note, when this is a checkpoint of the log's own. */
  readonly checkpoint?: string;
  readonly consistency: readonly string[];
  /** In a bundle of a stream: which of its events that checkpoint commits to. */
  readonly head?: BundledHead | BundledAbsence;
}

/** Shows which events of a stream a checkpoint commits to: those up to a revision. */
export interface BundledHead {
  readonly revision: string;
  readonly index: number;
  readonly bucketSize: number;
  readonly bucketRoot: string;
  readonly path: readonly string[];
  readonly bucketPath: readonly string[];
}

/** Shows that a checkpoint commits to no event of a stream. */
export interface BundledAbsence {
  readonly index: number;
  readonly bucketSize: number;
  readonly bucketRoot: string;
  readonly neighbours: readonly {
    readonly name: string;
    readonly chain: string;
    readonly path: readonly string[];
  }[];
  readonly bucketPath: readonly string[];
}

/** What the bundle claims to be the whole of. */
export type BundleScope =
  | {
      readonly kind: 'stream';
      readonly stream: string;
      readonly head: BundledHead;
    }
  /** Every event of the log up to and without leaf `size`. */
  | { readonly kind: 'log'; readonly size: number };

/** Everything an auditor needs to check a history without the service that made it. */
export interface AuditBundle {
  readonly format: 'spil-audit-bundle/2';
  readonly scope: BundleScope;
  /** The signed note with the cosignatures of witnesses. */
  readonly checkpoint: string;
  readonly earlier: readonly EarlierHead[];
  readonly events: readonly BundledEvent[];
  /** Description of each version of each event type that occurs: type, then version. Reading aid; not covered by the proofs. */
  readonly eventTypes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const bundledEvent = (
  index: number,
  { stream, revision, eventId, type, data, metadata }: LeafEvent,
  inclusion?: readonly Hash[],
): BundledEvent => ({
  index,
  stream,
  revision: revision.toString(),
  eventId: eventId.toLowerCase(),
  type,
  data: storedText(data),
  metadata: storedText(metadata),
  ...(inclusion && { inclusion: inclusion.map(base64) }),
});

export const bundledHead = (revision: bigint, proof: HeadProof): BundledHead => ({
  revision: revision.toString(),
  index: proof.index,
  bucketSize: proof.bucket.size,
  bucketRoot: base64(proof.bucket.root),
  path: proof.path.map(base64),
  bucketPath: proof.bucketPath.map(base64),
});

export const bundledAbsence = (proof: AbsenceProof): BundledAbsence => ({
  index: proof.index,
  bucketSize: proof.bucket.size,
  bucketRoot: base64(proof.bucket.root),
  neighbours: proof.neighbours.map(({ name, chain, path }) => ({
    name: base64(name),
    chain: base64(chain),
    path: path.map(base64),
  })),
  bucketPath: proof.bucketPath.map(base64),
});

export const earlierHead = (
  size: number,
  consistency: readonly Hash[],
  checkpoint?: string,
  head?: BundledHead | BundledAbsence,
): EarlierHead => ({
  size,
  ...(checkpoint !== undefined && { checkpoint }),
  consistency: consistency.map(base64),
  ...(head && { head }),
});

const base64 = (hash: Hash): string => hash.toString('base64');

function storedText(bytes: Uint8Array): StoredText {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64: Buffer.from(bytes).toString('base64') };
}
