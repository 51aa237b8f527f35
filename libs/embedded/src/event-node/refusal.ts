import { Metadata, status } from '@grpc/grpc-js';
import { DatabaseError } from 'pg';
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
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, value);
  }
}

/** A request that makes no sense. */
export const invalid = (details: string): Refusal => new Refusal(status.INVALID_ARGUMENT, details);

/** What to answer when serving a request failed: anything unforeseen from the database means that it is away. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable) return new Refusal(status.UNAVAILABLE, error.message);
  const internal = error instanceof DatabaseError && !/^(08|53|57)/.test(error.code ?? '');
  if (internal || error instanceof TypeError) return new Refusal(status.INTERNAL, 'the event node failed');
  return new Refusal(status.UNAVAILABLE, 'the database is away');
}
