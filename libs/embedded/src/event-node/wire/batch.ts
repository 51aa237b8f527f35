import { Any, Code, Empty, shared, Status, streams } from '../protocol.js';
import { NO_REVISION, type ExpectedRevision, type WriteResult } from '../records.js';
import { wireStream, wireUuid } from './values.js';
import { parseTarget, type WriteTarget } from './write.js';

type BatchOptions = InstanceType<typeof streams.BatchAppendReq.Options>;
type BatchResp = InstanceType<typeof streams.BatchAppendResp>;
type WireStatus = InstanceType<typeof Status>;
type WireCode = Parameters<WireStatus['setCode']>[0];

/** How long an append may take whose client does not say. */
const DEFAULT_DEADLINE_MS = 10_000;

/** What came of one append of a batch stream. */
export type BatchOutcome =
  WriteResult | { kind: 'too_large'; maxBytes: number } | { kind: 'senseless'; details: string };

/** @throws Refusal INVALID_ARGUMENT */
export function parseBatchTarget(options: BatchOptions): WriteTarget & { deadline: number } {
  const revision = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
  const deadline = options.getDeadline()?.toDate().getTime() ?? Date.now() + DEFAULT_DEADLINE_MS;
  return { ...parseTarget(options, revision), deadline };
}

/** The answer to one append of a batch stream. */
export function batchResponse(
  correlationId: string,
  { stream, expected }: WriteTarget,
  outcome: BatchOutcome,
): BatchResp {
  const response = new streams.BatchAppendResp()
    .setCorrelationId(wireUuid(correlationId, false))
    .setStreamIdentifier(wireStream(stream));
  return outcome.kind === 'written'
    ? response.setSuccess(success(outcome.revision, outcome.position))
    : response.setError(failure(stream, expected, outcome));
}

function success(revision: bigint, position: bigint): InstanceType<typeof streams.BatchAppendResp.Success> {
  const answer = new streams.BatchAppendResp.Success();
  const at = position.toString();
  answer.setPosition(new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at));
  return revision === NO_REVISION
    ? answer.setNoStream(new Empty())
    : answer.setCurrentRevision(revision.toString());
}

function failure(
  stream: string,
  expected: ExpectedRevision,
  outcome: Exclude<BatchOutcome, { kind: 'written' }>,
): WireStatus {
  switch (outcome.kind) {
    case 'wrong_expected_revision': {
      const details = wrongExpected(expected, outcome.actual);
      return rpcStatus(Code.FAILED_PRECONDITION, 'wrong expected revision', 'WrongExpectedVersion', details);
    }
    case 'stream_deleted': {
      const details = new shared.StreamDeleted().setStreamIdentifier(wireStream(stream));
      return rpcStatus(Code.FAILED_PRECONDITION, 'the stream is deleted', 'StreamDeleted', details);
    }
    case 'too_late':
      return rpcStatus(Code.DEADLINE_EXCEEDED, 'the deadline has passed', 'Timeout', new shared.Timeout());
    case 'too_large': {
      const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(outcome.maxBytes);
      return rpcStatus(Code.INVALID_ARGUMENT, 'too large', 'MaximumAppendSizeExceeded', details);
    }
    case 'senseless': {
      const details = new shared.BadRequest().setMessage(outcome.details);
      return rpcStatus(Code.INVALID_ARGUMENT, outcome.details, 'BadRequest', details);
    }
  }
}

function wrongExpected(
  expected: ExpectedRevision,
  actual: bigint,
): InstanceType<typeof shared.WrongExpectedVersion> {
  const details = new shared.WrongExpectedVersion();
  if (actual === NO_REVISION) details.setCurrentNoStream(new Empty());
  else details.setCurrentStreamRevision(actual.toString());
  if (expected === 'any') return details.setExpectedAny(new Empty());
  if (expected === 'no_stream') return details.setExpectedNoStream(new Empty());
  if (expected === 'stream_exists') return details.setExpectedStreamExists(new Empty());
  return details.setExpectedStreamPosition(expected.toString());
}

function rpcStatus(
  code: WireCode,
  message: string,
  type: string,
  details: { serializeBinary(): Uint8Array },
): WireStatus {
  const packed = new Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new Status().setCode(code).setMessage(message).setDetails(packed);
}
