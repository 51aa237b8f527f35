import { shared, streams } from '../protocol.js';
import { NO_REVISION, type ExpectedRevision, type NewEvent, type WriteResult } from '../records.js';
import { invalid } from '../refusal.js';
import { parseStreamName, parseUuid, storableText } from './values.js';

type StreamIdentifier = InstanceType<typeof shared.StreamIdentifier>;
type ProposedMessage = InstanceType<typeof streams.AppendReq.ProposedMessage>;
type AppendResp = InstanceType<typeof streams.AppendResp>;

/** An index of Postgres takes no more than 2,704 bytes; a longer name would fail the commit that it shares with others. */
const LONGEST_NAME_BYTES = 2_000;

/** What a write says first: the stream, and what it should be. */
export interface WriteTarget {
  stream: string;
  expected: ExpectedRevision;
}

/** The part that the options of all writes have in common (in BatchAppend under another name). */
interface TargetOptions {
  getStreamIdentifier(): StreamIdentifier | undefined;
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** @throws Refusal INVALID_ARGUMENT for a request that lacks something or names no stream to write to */
export function parseTarget(options: TargetOptions | undefined, revision: string | undefined): WriteTarget {
  if (!options) throw invalid('a write needs options');
  const stream = parseStreamName(options.getStreamIdentifier());
  if (stream === '$all') throw invalid('$all is not a stream one can write to');
  if (Buffer.byteLength(stream) > LONGEST_NAME_BYTES)
    throw invalid(`the name of a stream has at most ${LONGEST_NAME_BYTES} bytes`);
  if (revision !== undefined) return { stream, expected: BigInt(revision) };
  if (options.hasNoStream()) return { stream, expected: 'no_stream' };
  if (options.hasStreamExists()) return { stream, expected: 'stream_exists' };
  if (options.hasAny()) return { stream, expected: 'any' };
  throw invalid('a write needs an expected revision');
}

/** An event as proposed in an append. */
export function parseProposed(
  message: Pick<ProposedMessage, 'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'>,
): NewEvent {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  if (!type) throw invalid('an event needs a type');
  return {
    id: parseUuid(message.getId()),
    type: storableText(type),
    contentType: storableText(metadata.get('content-type') ?? 'application/octet-stream'),
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** The answer to a unary append; a wrong expectation is an answer there, not an error. */
export function appendResponse(
  result: Extract<WriteResult, { kind: 'written' | 'wrong_expected_revision' }>,
  expected: ExpectedRevision,
): AppendResp {
  const { Success, Position, WrongExpectedVersion } = streams.AppendResp;
  if (result.kind === 'written') {
    const position = result.position.toString();
    const success = new Success().setPosition(
      new Position().setCommitPosition(position).setPreparePosition(position),
    );
    if (result.revision === NO_REVISION) success.setNoStream(new shared.Empty());
    else success.setCurrentRevision(result.revision.toString());
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new WrongExpectedVersion();
  if (result.actual === NO_REVISION) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(result.actual.toString());
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}
