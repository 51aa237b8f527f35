import type { Actor, Instant, Mandate } from './decider.js';

/** What is stored beside every event. Never a name, never free text. */
export interface EventMetadata {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  readonly mandate: Mandate;
  readonly recordedAt: Instant;
  readonly schemaVersion: number;
  /** HMAC of the command's payload under the data key; tells a repeat from a reuse of the command id. */
  readonly fingerprint: string;
  /** The revision of the location's policy stream that the decision applied, where one was. */
  readonly policyRevision?: number;
  /** Of the rules that decided it, see `rulesVersion`; events of before it was kept have none. */
  readonly rulesVersion?: number;
}
