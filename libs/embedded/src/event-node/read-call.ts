import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { StreamsContext } from './context.js';
import { authenticate } from './credentials.js';
import { resolveLinks, type ResolvedEvent } from './links.js';
import type { streams } from './protocol.js';
import { readAll, readStream } from './reader.js';
import type { StoredEvent } from './records.js';
import { nodeStopping, toRefusal } from './refusal.js';
import { followAll, followStream, type SubscriptionItem } from './subscription.js';
import { encodeEvent } from './wire/encode-event.js';
import {
  confirmationResponse,
  noticeResponse,
  parseRead,
  streamNotFoundResponse,
  type ReadQuery,
} from './wire/read.js';

type ReadReq = InstanceType<typeof streams.ReadReq>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
/** Events come encoded; see {@link encodeEvent}. */
export type ReadAnswer = ReadResp | Buffer;
export type ReadCall = ServerWritableStream<ReadReq, ReadAnswer>;

const NO_LINKS = new Map<StoredEvent, ResolvedEvent>();

/** Serves a Read call, be it a read or a subscription, until it is over. */
export async function answerRead(context: StreamsContext, call: ReadCall): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  call.once('cancelled', end);
  const forget = context.calls.add(end);
  try {
    if (context.credentials) authenticate(call.metadata, context.credentials);
    const query = parseRead(call.request.getOptions());
    for await (const responses of query.count === undefined
      ? subscribe(context, query, over.signal)
      : read(context, query, query.count))
      if (!(await send(call, responses, over.signal))) break;
    if (context.calls.stopping) throw nodeStopping();
    call.end();
  } catch (error) {
    const refusal = toRefusal(error, context.log);
    if (!call.cancelled) call.emit('error', refusal);
  } finally {
    forget();
  }
}

async function* read(context: StreamsContext, query: ReadQuery, count: number): AsyncGenerator<ReadAnswer[]> {
  const { storage, retentions, feed } = context;
  const { stream, from, direction, filter } = query;
  const pages =
    stream === undefined
      ? readAll(storage, feed.tail, { from, direction, count, filter })
      : readStream(storage, retentions, { stream, from, direction, count });
  for await (const events of pages) {
    if (!events) yield [streamNotFoundResponse(stream ?? '')];
    else {
      const links = query.resolveLinks ? await resolveLinks(storage, retentions, events) : NO_LINKS;
      yield events.map((event) => encodeEvent(links.get(event) ?? { event }, query.structuredIds));
    }
  }
}

async function* subscribe(
  context: StreamsContext,
  query: ReadQuery,
  signal: AbortSignal,
): AsyncGenerator<ReadAnswer[]> {
  const { storage, retentions, feed } = context;
  const { stream, from, filter, checkpointInterval } = query;
  let items: AsyncGenerator<SubscriptionItem[]>;
  if (stream === undefined) {
    const after = from === 'start' ? 0n : from === 'end' ? feed.tail : from;
    items = followAll(storage, feed, { after, filter, checkpointInterval }, signal);
  } else {
    const after = from === 'start' ? -1n : from === 'end' ? await storage.lastRevision(stream) : from;
    items = followStream(storage, feed, retentions, { stream, after }, signal);
  }
  yield [confirmationResponse(randomUUID())];
  for await (const batch of items) {
    const events = batch.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    const links = query.resolveLinks ? await resolveLinks(storage, retentions, events) : NO_LINKS;
    yield batch.map((item) =>
      item.kind === 'event'
        ? encodeEvent(links.get(item.event) ?? { event: item.event }, query.structuredIds)
        : noticeResponse(item),
    );
  }
}

/** Writes as fast as the client takes it. @returns false when the client or the node is going */
async function send(call: ReadCall, responses: ReadAnswer[], signal: AbortSignal): Promise<boolean> {
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
