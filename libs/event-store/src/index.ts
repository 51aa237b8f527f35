export * from './port.js';
export { createCodec, isUnknownEvent, type Codec, type UnknownEvent } from './codec/codec.js';
export { BrokenSeal, envelopeOf, isEnvelope, type Envelope, type SealPlace } from './codec/envelope.js';
export { eventSchemas } from './codec/event-schemas.js';
export { eventTypes } from './codec/event-types.js';
export { canonicalJson, toJson, type JsonObject, type JsonValue } from './codec/json.js';
export { MalformedEvent } from './codec/metadata.js';
export { storedBytes } from './codec/stored-bytes.js';
export { pendingSeal } from './codec/pending-seal.js';
export type { KeyEncryption, WrappedKey } from './keys/key-encryption.js';
export {
  dropFromKeyRing,
  generateKeyRing,
  KeyRing,
  KeyRingFile,
  loadKeyRing,
  rotateKeyRing,
} from './keys/key-ring.js';
export { KeyStore, type KeyStoreOptions } from './keys/key-store.js';
export { keyUse, rewrapKeys } from './keys/rewrap.js';
export { TombstoneList, type Tombstone } from './keys/tombstone-list.js';
export { applyTombstones, type ApplyOptions, type TombstonesApplied } from './keys/tombstones.js';
export {
  DataKeyErased,
  KeyStoreUnavailable,
  TombstoneListMissing,
  type DataKey,
  type DataKeys,
  type KeySubject,
} from './keys/key-subject.js';
export { migrateKeyStore, type KeyStoreMigration } from './keys/schema.js';
export { Sealer, type SealedAt, type Unsealed } from './keys/sealer.js';
export { connectionStringProblem } from './client/connection-string.js';
export { connectEventStore, type EventStoreConnection } from './client/connect.js';
export { comparePositions } from './client/read.js';
export { type CommittedEvent } from './decision-runner/commit.js';
export {
  createDecisionRunner,
  DecisionRunner,
  type Accepted,
  type DecisionOutcome,
  type DecisionRequest,
  type DecisionRunnerOptions,
  type LoadedState,
  type Refused,
} from './decision-runner/decision-runner.js';
export { UnknownEventInHistory } from './decision-runner/head.js';
export { derivedId, eventIdFor } from './decision-runner/ids.js';
