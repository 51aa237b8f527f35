import { Metadata, status } from '@grpc/grpc-js';
import { DatabaseError } from 'pg';
import { StreamDeleted } from './reader.js';
import { NO_REVISION, type ExpectedRevision } from './records.js';
import { StoreUnavailable } from './writer.js';

/** A gRPC error as the client understands it: a status, and the kind of exception with its facts in the trailers. */
export class Refusal extends Error {
  readonly code: status;
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(code: status, details: string, trailers: Record<string, string> = {}) {
    super(details);
    this.code = code;
    this.details = details;
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, printable(value));
  }
}

/** A request that makes no sense. */
export const invalid = (details: string): Refusal => new Refusal(status.INVALID_ARGUMENT, details);

export const streamDeleted = (stream: string): Refusal =>
  new Refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongExpectedRevision = (stream: string, expected: ExpectedRevision, actual: bigint): Refusal =>
  new Refusal(status.FAILED_PRECONDITION, `stream '${stream}' is at revision ${actual}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': typeof expected === 'bigint' ? expected.toString() : EXPECTED_NUMBERS[expected],
    ...(actual === NO_REVISION ? {} : { 'actual-version': actual.toString() }),
  });

const EXPECTED_NUMBERS = { no_stream: '-1', any: '-2', stream_exists: '-4' };

export const deadlineExceeded = (): Refusal =>
  new Refusal(status.DEADLINE_EXCEEDED, 'the deadline has passed');

export const appendTooLarge = (maxBytes: number): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, `an append holds at most ${maxBytes} bytes`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxBytes),
  });

export const callerGone = (): Refusal => new Refusal(status.CANCELLED, 'the caller has gone');

export const nodeStopping = (): Refusal => new Refusal(status.CANCELLED, 'the event node is stopping');

/**
 * What to answer when serving a request failed: anything unforeseen from the database means that it is away. What is not a plain
 * refusal is told in `log`, in a line without data of events.
 */
export function toRefusal(error: unknown, log: (line: string) => void): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StreamDeleted) return streamDeleted(error.stream);
  if (error instanceof StoreUnavailable) return new Refusal(status.UNAVAILABLE, error.message);
  log(`event node failed to serve a call: ${withoutData(error)}`);
  const internal = error instanceof DatabaseError && !/^(08|53|57)/.test(error.code ?? '');
  if (internal || error instanceof TypeError) return new Refusal(status.INTERNAL, 'the event node failed');
  return new Refusal(status.UNAVAILABLE, 'the database is away');
}

/**
 * What an error says, unless it may quote what was being read or written: data exceptions of Postgres (SQLSTATE class 22) and the
 * errors of JavaScript itself do, so only their kind is told, and the place in the code.
 */
function withoutData(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (error instanceof DatabaseError)
    return `database error ${error.code}${error.code?.startsWith('22') ? '' : `: ${error.message}`}`;
  if (error.constructor === Error) return error.message;
  return `${error.name} ${/^ +(at .*)/m.exec(error.stack ?? '')?.[1] ?? ''}`;
}

/** Trailers hold printable ASCII only: other characters travel percent-encoded. */
const printable = (text: string): string => text.replaceAll(/[^ -~]+/gu, encodeURIComponent);
