import { randomUUID } from 'node:crypto';
import {
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { authenticate, type Credentials } from './credentials.js';
import type { LiveFeed } from './live-feed.js';
import type { streams } from './protocol.js';
import { readAll, readStream } from './reader.js';
import type { AppendRequest } from './records.js';
import { invalid, Refusal, toRefusal } from './refusal.js';
import type { Storage } from './storage.js';
import { followAll, followStream, type SubscriptionItem } from './subscription.js';
import {
  appendResponse,
  confirmationResponse,
  eventResponse,
  parseAppendOptions,
  parseProposed,
  parseRead,
  streamNotFoundResponse,
  subscriptionResponse,
  type ReadQuery,
} from './wire.js';
import type { Writer } from './writer.js';

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type ReadReq = InstanceType<typeof streams.ReadReq>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const MAX_APPEND_BYTES = 16 << 20;

/** What the Streams service needs of the node. */
export interface StreamsContext {
  storage: Storage;
  feed: LiveFeed;
  writer: Writer;
  credentials: Credentials | undefined;
  /** Aborts when the node stops: open reads and subscriptions then end with CANCELLED. */
  stopping: AbortSignal;
}

/** The methods of the Streams service that this node offers, by their names in the protocol. */
export const STREAMS_METHODS = ['read', 'append'];

export function streamsService(context: StreamsContext): UntypedServiceImplementation {
  return {
    read: (call: ReadCall) => void answerRead(context, call),
    append: (call: ServerReadableStream<AppendReq, AppendResp>, callback: sendUnaryData<AppendResp>) =>
      void append(context, call).then(
        (response) => callback(null, response),
        (error: unknown) => callback(toRefusal(error)),
      ),
  };
}

async function append(
  context: StreamsContext,
  call: ServerReadableStream<AppendReq, AppendResp>,
): Promise<AppendResp> {
  if (context.credentials) authenticate(call.metadata, context.credentials);
  let request: AppendRequest | undefined;
  let bytes = 0;
  for await (const message of call as AsyncIterable<AppendReq>) {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options) request = { ...parseAppendOptions(options), events: [] };
    if (!proposed) continue;
    if (!request) throw invalid('an append begins with its options');
    const event = parseProposed(proposed);
    bytes += event.data.length + event.metadata.length;
    if (bytes > MAX_APPEND_BYTES) throw appendTooLarge();
    request.events.push(event);
  }
  if (!request) throw invalid('an append needs options');
  return appendResponse(await context.writer.append(request), request.expected);
}

const appendTooLarge = (): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, `an append holds at most ${MAX_APPEND_BYTES} bytes`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });

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
    if (context.stopping.aborted) throw new Refusal(status.CANCELLED, 'the event node is stopping');
    call.end();
  } catch (error) {
    if (!gone.signal.aborted) call.emit('error', toRefusal(error));
  }
}

async function* read(
  { storage, feed }: StreamsContext,
  query: ReadQuery,
  count: number,
): AsyncGenerator<ReadResp[]> {
  const { stream, from, direction, filter, structuredIds } = query;
  if (stream === undefined) {
    for await (const events of readAll(storage, feed.tail, { from, direction, count, filter }))
      yield events.map((event) => eventResponse(event, structuredIds));
    return;
  }
  for await (const events of readStream(storage, { stream, from, direction, count }))
    yield events?.map((event) => eventResponse(event, structuredIds)) ?? [streamNotFoundResponse(stream)];
}

async function* subscribe(
  { storage, feed }: StreamsContext,
  query: ReadQuery,
  signal: AbortSignal,
): AsyncGenerator<ReadResp[]> {
  const { stream, from, filter, checkpointInterval, structuredIds } = query;
  let items: AsyncGenerator<SubscriptionItem[]>;
  if (stream === undefined) {
    const after = from === 'start' ? 0n : from === 'end' ? feed.tail : from;
    items = followAll(storage, feed, { after, filter, checkpointInterval }, signal);
  } else {
    const after = from === 'start' ? -1n : from === 'end' ? (await storage.lastOf(stream)).revision : from;
    items = followStream(storage, feed, { stream, after }, signal);
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
