import { types } from 'node:util';
import { ErrorType, isCommandError, WrongExpectedVersionError } from '@eventstore/db-client';
import { EventStoreUnavailable, WrongExpectedRevision } from '../port.js';

/** The event store answered no, for a reason that retrying does not mend: access, size, a deleted stream. Nothing was appended. */
export class EventStoreRejected extends Error {
  constructor(operation: string, options?: ErrorOptions) {
    super(`the event store rejected ${operation}`, options);
    this.name = 'EventStoreRejected';
  }
}

const rejections: ReadonlySet<string> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.INVALID_TRANSACTION,
  ErrorType.STREAM_DELETED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
]);

const typeOf = (error: unknown): string | undefined =>
  types.isNativeError(error) && isCommandError(error) ? error.type : undefined;

/** The stream was never written to. */
export const isStreamNotFound = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_NOT_FOUND;

/** Another node leads by now. Nothing was done, and the client that gave this error has turned to the leader. */
export const isNotLeader = (error: unknown): boolean => typeOf(error) === ErrorType.NOT_LEADER;

/** Whether the client that gave this error is still sound; after any other error a fresh one is built. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof WrongExpectedRevision || error instanceof EventStoreRejected;

/** Translates the client's errors to those of the port; what is not surely an answer is an unknown outcome. */
export function translate(operation: string, stream: string, error: unknown): Error {
  if (error instanceof EventStoreUnavailable || error instanceof WrongExpectedRevision) return error;
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    return new WrongExpectedRevision(stream, typeof actualVersion === 'bigint' ? actualVersion : 'no_stream');
  }
  return rejections.has(typeOf(error) ?? '')
    ? new EventStoreRejected(operation, { cause: error })
    : new EventStoreUnavailable(operation, { cause: error });
}
