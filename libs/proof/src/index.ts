export {
  bundledAbsence,
  bundledEvent,
  bundledHead,
  earlierHead,
  type AuditBundle,
  type BundledAbsence,
  type BundledEvent,
  type BundledHead,
  type BundleScope,
  type EarlierHead,
} from './bundle.js';
export {
  checkpointBody,
  parseSpilTreeHead,
  parseTreeHead,
  type SpilTreeHead,
  type TreeHead,
} from './checkpoint.js';
export { cosign, cosignedAt } from './cosignature.js';
export { FoldedHeads } from './folded-heads.js';
export { leafHash, type Hash } from './hash.js';
export { eventLeafHash, type LeafEvent } from './leaf.js';
export {
  formatNote,
  formatSignature,
  formatVerifierKey,
  fromBase64,
  isOf,
  isSignedBy,
  MalformedNote,
  newKeyFile,
  parseKeyFile,
  parseNote,
  parseSignature,
  parseVerifierKey,
  signatureTypes,
  signNote,
  type Note,
  type NoteSignature,
  type SigningKey,
  type VerifierKey,
} from './note.js';
export {
  bucketCount,
  bucketFrom,
  bucketOf,
  emptyBucket,
  extendChain,
  headsRoot,
  type HeadBucket,
  type HeadsVersion,
  type StreamHead,
} from './stream-heads.js';
export {
  append,
  consistencyRanges,
  emptyTree,
  frontierAt,
  hashOf,
  inclusionRanges,
  nodesOf,
  nodeSource,
  rootOf,
  type Frontier,
  type NodeId,
  type NodeSource,
  type Range,
  type TreeNode,
} from './tree.js';
export { provesConsistency, provesInclusion } from './verify-proof.js';
