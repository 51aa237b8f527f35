import { randomUUID } from 'node:crypto';
import type {
  Deadline,
  sendUnaryData,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { BatchAppendCall, type BatchCall } from './batch-append.js';
import type { StreamsContext } from './context.js';
import { authenticate } from './credentials.js';
import { streams } from './protocol.js';
import { readAll, readStream } from './reader.js';
import type { AppendRequest, DeleteRequest, WriteRequest, WriteResult } from './records.js';
import {
  appendTooLarge,
  deadlineExceeded,
  invalid,
  nodeStopping,
  streamDeleted,
  toRefusal,
  wrongExpectedRevision,
} from './refusal.js';
import { followAll, followStream, type SubscriptionItem } from './subscription.js';
import {
  confirmationResponse,
  eventResponse,
  parseRead,
  streamNotFoundResponse,
  subscriptionResponse,
  type ReadQuery,
} from './wire/read.js';
import { appendResponse, parseProposed, parseTarget } from './wire/write.js';

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type DeleteReq = InstanceType<typeof streams.DeleteReq>;
type DeleteResp = InstanceType<typeof streams.DeleteResp | typeof streams.TombstoneResp>;
type ReadReq = InstanceType<typeof streams.ReadReq>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type ReadCall = ServerWritableStream<ReadReq, ReadResp>;
type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
type DeleteCall = ServerUnaryCall<DeleteReq, DeleteResp>;

/** The methods of the Streams service that this node offers, by their names in the protocol. */
export const STREAMS_METHODS = ['read', 'append', 'delete', 'tombstone', 'batchappend'];

export function streamsService(context: StreamsContext): UntypedServiceImplementation {
  return {
    read: (call: ReadCall) => void answerRead(context, call),
    append: (call: AppendCall, answer: sendUnaryData<AppendResp>) => reply(append(context, call), answer),
    delete: (call: DeleteCall, answer: sendUnaryData<DeleteResp>) =>
      reply(end(context, 'delete', call), answer),
    tombstone: (call: DeleteCall, answer: sendUnaryData<DeleteResp>) =>
      reply(end(context, 'tombstone', call), answer),
    batchAppend: (call: BatchCall) => new BatchAppendCall(context, call).start(),
  };
}

function reply<T>(work: Promise<T>, answer: sendUnaryData<T>): void {
  void work.then(
    (response) => answer(null, response),
    (error: unknown) => answer(toRefusal(error)),
  );
}

async function append(context: StreamsContext, call: AppendCall): Promise<AppendResp> {
  if (context.credentials) authenticate(call.metadata, context.credentials);
  const deadline = millisecondsOf(call.getDeadline());
  let request: AppendRequest | undefined;
  let bytes = 0;
  for await (const message of call as AsyncIterable<AppendReq>) {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options) {
      const revision = options.hasRevision() ? options.getRevision() : undefined;
      request = { kind: 'append', ...parseTarget(options, revision), deadline, events: [] };
    }
    if (!proposed) continue;
    if (!request) throw invalid('an append begins with its options');
    const event = parseProposed(proposed);
    bytes += event.data.length + event.metadata.length;
    if (bytes > context.maxAppendBytes) throw appendTooLarge(context.maxAppendBytes);
    request.events.push(event);
  }
  if (!request) throw invalid('an append needs options');
  const result = await write(context, request);
  return appendResponse(result, request.expected);
}

/** Ends a stream. Unlike an append, a wrong expectation is an error here. */
async function end(
  context: StreamsContext,
  kind: DeleteRequest['kind'],
  call: DeleteCall,
): Promise<DeleteResp> {
  if (context.credentials) authenticate(call.metadata, context.credentials);
  const options = call.request.getOptions();
  const revision = options?.hasRevision() ? options.getRevision() : undefined;
  const target = parseTarget(options, revision);
  const result = await write(context, { kind, ...target, deadline: millisecondsOf(call.getDeadline()) });
  if (result.kind === 'wrong_expected_revision')
    throw wrongExpectedRevision(target.stream, target.expected, result.actual);
  const position = result.position.toString();
  const { DeleteResp, TombstoneResp } = streams;
  return kind === 'delete'
    ? new DeleteResp().setPosition(
        new DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      )
    : new TombstoneResp().setPosition(
        new TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
      );
}

/** @throws Refusal when the stream is deleted, or the deadline passed before the write was begun */
async function write(
  { writer }: StreamsContext,
  request: WriteRequest,
): Promise<Exclude<WriteResult, { kind: 'stream_deleted' | 'too_late' }>> {
  const result = await writer.write(request);
  if (result.kind === 'stream_deleted') throw streamDeleted(request.stream);
  if (result.kind === 'too_late') throw deadlineExceeded();
  return result;
}

const millisecondsOf = (deadline: Deadline): number =>
  typeof deadline === 'number' ? deadline : deadline.getTime();

async function answerRead(context: StreamsContext, call: ReadCall): Promise<void> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, context.stopping]);
  try {
    if (context.credentials) authenticate(call.metadata, context.credentials);
    const query = parseRead(call.request.getOptions());
    for await (const responses of query.count === undefined
      ? subscribe(context, query, signal)
      : read(context, query, query.count))
      if (!(await send(call, responses, signal))) break;
    if (context.stopping.aborted) throw nodeStopping();
    call.end();
  } catch (error) {
    if (!gone.signal.aborted) call.emit('error', toRefusal(error));
  }
}

async function* read(
  { storage, retentions, feed }: StreamsContext,
  query: ReadQuery,
  count: number,
): AsyncGenerator<ReadResp[]> {
  const { stream, from, direction, filter, structuredIds } = query;
  if (stream === undefined) {
    for await (const events of readAll(storage, feed.tail, { from, direction, count, filter }))
      yield events.map((event) => eventResponse(event, structuredIds));
    return;
  }
  for await (const events of readStream(storage, retentions, { stream, from, direction, count }))
    yield events?.map((event) => eventResponse(event, structuredIds)) ?? [streamNotFoundResponse(stream)];
}

async function* subscribe(
  { storage, retentions, feed }: StreamsContext,
  query: ReadQuery,
  signal: AbortSignal,
): AsyncGenerator<ReadResp[]> {
  const { stream, from, filter, checkpointInterval, structuredIds } = query;
  let items: AsyncGenerator<SubscriptionItem[]>;
  if (stream === undefined) {
    const after = from === 'start' ? 0n : from === 'end' ? feed.tail : from;
    items = followAll(storage, feed, { after, filter, checkpointInterval }, signal);
  } else {
    const after = from === 'start' ? -1n : from === 'end' ? await storage.lastRevision(stream) : from;
    items = followStream(storage, feed, retentions, { stream, after }, signal);
  }
  yield [confirmationResponse(randomUUID())];
  for await (const batch of items) yield batch.map((item) => subscriptionResponse(item, structuredIds));
}

/** Writes as fast as the client takes it. @returns false when the client or the node is going */
async function send(call: ReadCall, responses: ReadResp[], signal: AbortSignal): Promise<boolean> {
  for (const response of responses) {
    if (signal.aborted) return false;
    if (!call.write(response)) await drained(call, signal);
  }
  return !signal.aborted;
}

function drained(call: ReadCall, signal: AbortSignal): Promise<void> {
  if (!call.writableNeedDrain || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.on('drain', done);
    signal.addEventListener('abort', done);
  });
}
