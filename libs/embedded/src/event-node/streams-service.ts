import type {
  Deadline,
  sendUnaryData,
  ServerReadableStream,
  ServerUnaryCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { BatchAppendCall, type BatchCall } from './batch-append.js';
import type { StreamsContext } from './context.js';
import { authenticate } from './credentials.js';
import { StreamsService, streams } from './protocol.js';
import { answerRead, type ReadAnswer, type ReadCall } from './read-call.js';
import {
  sizeOf,
  type AppendRequest,
  type DeleteRequest,
  type WriteRequest,
  type WriteResult,
} from './records.js';
import {
  appendTooLarge,
  callerGone,
  deadlineExceeded,
  invalid,
  streamDeleted,
  toRefusal,
  wrongExpectedRevision,
} from './refusal.js';
import { appendResponse, parseProposed, parseTarget } from './wire/write.js';

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type DeleteReq = InstanceType<typeof streams.DeleteReq>;
type DeleteResp = InstanceType<typeof streams.DeleteResp | typeof streams.TombstoneResp>;
type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
type DeleteCall = ServerUnaryCall<DeleteReq, DeleteResp>;

/** The methods of the Streams service that this node offers, by their names in the protocol. */
export const STREAMS_METHODS = ['read', 'append', 'delete', 'tombstone', 'batchappend'];

/** The service as the client ships it, except that events come encoded already. */
export const STREAMS_DEFINITION = {
  ...StreamsService,
  read: {
    ...StreamsService.read,
    responseSerialize: (response: ReadAnswer) =>
      Buffer.isBuffer(response) ? response : StreamsService.read.responseSerialize(response),
  },
};

export function streamsService(context: StreamsContext): UntypedServiceImplementation {
  return {
    read: (call: ReadCall) => void answerRead(context, call),
    append: (call: AppendCall, answer: sendUnaryData<AppendResp>) =>
      reply(context, append(context, call), answer),
    delete: (call: DeleteCall, answer: sendUnaryData<DeleteResp>) =>
      reply(context, end(context, 'delete', call), answer),
    tombstone: (call: DeleteCall, answer: sendUnaryData<DeleteResp>) =>
      reply(context, end(context, 'tombstone', call), answer),
    batchAppend: (call: BatchCall) => new BatchAppendCall(context, call).start(),
  };
}

function reply<T>({ log }: StreamsContext, work: Promise<T>, answer: sendUnaryData<T>): void {
  void work.then(
    (response) => answer(null, response),
    (error: unknown) => answer(toRefusal(error, log)),
  );
}

async function append(context: StreamsContext, call: AppendCall): Promise<AppendResp> {
  if (context.credentials) authenticate(call.metadata, context.credentials);
  const request = await receiveAppend(context, call);
  const result = await write(context, request);
  return appendResponse(result, request.expected);
}

/** Takes in an append. By events, as `for await` would make an error of every call's ordinary end. */
function receiveAppend({ maxAppendBytes, log }: StreamsContext, call: AppendCall): Promise<AppendRequest> {
  const deadline = millisecondsOf(call.getDeadline());
  let request: AppendRequest | undefined;
  let bytes = 0;
  const receive = (message: AppendReq): void => {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options) {
      const revision = options.hasRevision() ? options.getRevision() : undefined;
      request = { kind: 'append', ...parseTarget(options, revision), deadline, events: [] };
    }
    if (!proposed) return;
    if (!request) throw invalid('an append begins with its options');
    const event = parseProposed(proposed);
    bytes += sizeOf(event, request.stream);
    if (bytes > maxAppendBytes) throw appendTooLarge(maxAppendBytes);
    request.events.push(event);
  };
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(callerGone());
    call.on('data', (message: AppendReq) => {
      try {
        receive(message);
      } catch (error) {
        call.removeAllListeners('data').resume();
        reject(toRefusal(error, log));
      }
    });
    call.once('end', () => {
      // Every call is "cancelled" once it has been answered, too.
      call.off('cancelled', gone);
      if (request) resolve(request);
      else reject(invalid('an append needs options'));
    });
    call.once('cancelled', gone);
    call.once('error', reject);
  });
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
