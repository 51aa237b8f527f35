import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { StreamsContext } from './context.js';
import { authenticate } from './credentials.js';
import type { streams } from './protocol.js';
import { sizeOf, type AppendRequest } from './records.js';
import { nodeStopping, Refusal, toRefusal } from './refusal.js';
import { batchResponse, parseBatchTarget, type BatchOutcome } from './wire/batch.js';
import { parseUuid } from './wire/values.js';
import { parseProposed, type WriteTarget } from './wire/write.js';

type BatchReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchResp = InstanceType<typeof streams.BatchAppendResp>;
export type BatchCall = ServerDuplexStream<BatchReq, BatchResp>;

/** A call with more than this unanswered is not listened to until it is less. */
const MAX_PENDING_BYTES = 64 << 20;
const DEADLINE_CHECK_MS = 100;

interface PendingAppend {
  request: AppendRequest;
  bytes: number;
}

/**
 * One BatchAppend call: many appends to many streams, each answered by its correlation id as soon as it is decided,
 * and exactly once (the official client fails on a second answer).
 */
export class BatchAppendCall {
  readonly #context: StreamsContext;
  readonly #call: BatchCall;
  readonly #pending = new Map<string, PendingAppend>();
  #pendingBytes = 0;
  #allReceived = false;
  #release: () => void = () => undefined;

  constructor(context: StreamsContext, call: BatchCall) {
    this.#context = context;
    this.#call = call;
  }

  /** Serves the call until the client or the node ends it. */
  start(): void {
    const { credentials, calls } = this.#context;
    const close = calls.add(() => this.#fail(nodeStopping()));
    const deadlines = setInterval(() => this.#answerLate(), DEADLINE_CHECK_MS);
    this.#release = (): void => {
      clearInterval(deadlines);
      close();
      this.#pending.clear();
    };
    this.#call.on('cancelled', this.#release);
    try {
      if (credentials) authenticate(this.#call.metadata, credentials);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#call.on('data', (message: BatchReq) => this.#receive(message));
    this.#call.on('drain', () => this.#listen());
    this.#call.on('end', () => {
      this.#allReceived = true;
      this.#endIfDone();
    });
  }

  #receive(message: BatchReq): void {
    try {
      const correlationId = parseUuid(message.getCorrelationId());
      try {
        this.#add(correlationId, message);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const target = this.#pending.get(correlationId)?.request ?? { stream: '', expected: 'any' };
        this.#answer(correlationId, target, { kind: 'senseless', details: error.details });
      }
      this.#listen();
    } catch (error) {
      this.#fail(error);
    }
  }

  #add(correlationId: string, message: BatchReq): void {
    const options = message.getOptions();
    if (options && !this.#pending.has(correlationId)) {
      const request: AppendRequest = { kind: 'append', ...parseBatchTarget(options), events: [] };
      if (request.deadline <= Date.now()) {
        this.#answer(correlationId, request, { kind: 'too_late' });
        return;
      }
      this.#pending.set(correlationId, { request, bytes: 0 });
    }
    const pending = this.#pending.get(correlationId);
    // The rest of an append that was refused already.
    if (!pending) return;
    const { request } = pending;
    for (const proposed of message.getProposedMessagesList()) {
      const event = parseProposed(proposed);
      const bytes = sizeOf(event, request.stream);
      request.events.push(event);
      pending.bytes += bytes;
      this.#pendingBytes += bytes;
    }
    const { maxAppendBytes } = this.#context;
    if (pending.bytes > maxAppendBytes)
      this.#answer(correlationId, request, { kind: 'too_large', maxBytes: maxAppendBytes });
    else if (message.getIsFinal()) this.#store(correlationId, pending);
  }

  #store(correlationId: string, pending: PendingAppend): void {
    this.#context.writer.write(pending.request).then(
      (result) => {
        if (this.#pending.get(correlationId) === pending)
          this.#answer(correlationId, pending.request, result);
      },
      // No answer within the stream says "unavailable": it ends, and with it all that is under way.
      (error: unknown) => this.#fail(error),
    );
  }

  #answerLate(): void {
    const now = Date.now();
    for (const [correlationId, { request }] of this.#pending)
      if (request.deadline <= now) this.#answer(correlationId, request, { kind: 'too_late' });
  }

  #answer(correlationId: string, target: WriteTarget, outcome: BatchOutcome): void {
    this.#pendingBytes -= this.#pending.get(correlationId)?.bytes ?? 0;
    this.#pending.delete(correlationId);
    this.#call.write(batchResponse(correlationId, target, outcome));
    this.#listen();
    this.#endIfDone();
  }

  /** Takes more requests only while the answers get away and not too much is waiting. */
  #listen(): void {
    if (this.#pendingBytes > MAX_PENDING_BYTES || this.#call.writableNeedDrain) this.#call.pause();
    else if (this.#call.isPaused()) this.#call.resume();
  }

  #endIfDone(): void {
    if (!this.#allReceived || this.#pending.size > 0) return;
    this.#release();
    this.#call.end();
  }

  #fail(error: unknown): void {
    this.#release();
    this.#call.removeAllListeners('data').resume();
    const refusal = toRefusal(error, this.#context.log);
    if (!this.#call.cancelled && !this.#call.writableEnded) this.#call.emit('error', refusal);
  }
}
