import { HttpException } from '@nestjs/common';
import { TokenRefused } from '@spil/access';
import { EventStoreUnavailable, KeyStoreUnavailable } from '@spil/event-store';
import { isDatabaseAway } from '@spil/postgres';
import { GraphQLError } from 'graphql';
import type { AuthenticationFault } from './request-context.js';

/** Codes of errors, beside the domain's refusals, which are answers and not errors. */
export type ApiErrorCode =
  /** No token, or one that is expired, forged or incomplete. */
  | 'UNAUTHENTICATED'
  /** Known, but this is not for this role. Never used where it would betray that a case exists. */
  | 'FORBIDDEN'
  /** The stated purpose is none for which this role may ask. */
  | 'PURPOSE_REFUSED'
  /** The input is wrong; `fields` says where and why. */
  | 'BAD_USER_INPUT'
  /** The request is too large, deep, wide or otherwise beyond the limits. */
  | 'LIMIT_EXCEEDED'
  /** The service runs the documents of its own list only. */
  | 'DOCUMENT_NOT_TRUSTED'
  /** Too many tries in a short time. */
  | 'RATE_LIMITED'
  /** The read model did not get as far as `atLeast` asked within the time we wait. */
  | 'NOT_YET_VISIBLE'
  /** Something we depend on is away. Nothing is lost; a mutation is repeated with the same command id. */
  | 'UNAVAILABLE'
  /** A fault of ours; the trace id finds it in the logs. */
  | 'INTERNAL';

/** One wrong field of an input, by its path, for example `input.client.name`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** An error that may leave the service as it is: its text is ours and holds no data, SQL or stack. */
export class ApiError extends GraphQLError {
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(message, {
      extensions: {
        code,
        ...details,
        ...(options.status !== undefined && { http: { status: options.status } }),
      },
    });
    this.name = 'ApiError';
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

export const badUserInput = (fields: readonly FieldProblem[]): ApiError =>
  new ApiError('BAD_USER_INPUT', fields.map(({ field, message }) => `${field}: ${message}`).join('; '), {
    fields,
  });

export const forbidden = (what: string): ApiError =>
  new ApiError('FORBIDDEN', `Your role does not give access to ${what}.`);

/** The token says that somebody works where he or she does not (any more). */
export const formerPosition = (): ApiError =>
  new ApiError('FORBIDDEN', 'You do not work any more where your token says. Log in again for a new one.', {
    reason: 'TOKEN_NAMES_FORMER_POSITION',
  });

/** Registration codes were tried more often than people do. */
export const tooManyCodes = (): ApiError =>
  new ApiError('RATE_LIMITED', 'Too many codes were tried. Wait a minute and read the code again.');

export type Dependency = 'EVENT_STORE' | 'READ_DATABASE' | 'KEYS' | 'AUDIT' | 'TOKEN_ISSUER';

export const unavailable = (dependency: Dependency | undefined, cause?: unknown, status?: number): ApiError =>
  new ApiError(
    'UNAVAILABLE',
    'The service cannot be reached in full right now. Try again shortly; repeat a command with the same commandId.',
    dependency === undefined ? {} : { dependency },
    { cause, ...(status !== undefined && { status }) },
  );

/** Turns whatever was thrown into an error that may leave the service. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof TokenRefused) return unauthenticated(thrown.fault);
  if (thrown instanceof EventStoreUnavailable) return unavailable('EVENT_STORE', thrown);
  if (thrown instanceof KeyStoreUnavailable) return unavailable('KEYS', thrown);
  if (isDatabaseAway(thrown)) return unavailable('READ_DATABASE', thrown);
  if (thrown instanceof HttpException) return fromHttp(thrown);
  return new ApiError(
    'INTERNAL',
    'Something went wrong on our side. The trace id helps us find it.',
    {},
    { cause: thrown },
  );
}

/** Says why there is no verified token; when it cannot be verified now, that is not held against its bearer. */
export const unauthenticated = (fault: AuthenticationFault): ApiError =>
  fault === 'ISSUER_UNAVAILABLE'
    ? unavailable('TOKEN_ISSUER', undefined, 503)
    : new ApiError('UNAUTHENTICATED', faultTexts[fault] ?? 'The token is not accepted.', { fault });

const faultTexts: Partial<Record<AuthenticationFault, string>> = {
  MISSING: 'Send a token: `Authorization: Bearer <token>`.',
  EXPIRED: 'The token has expired; ask your identity provider for a new one.',
  NOT_VOUCHED_FOR: 'The identity provider of this token may not speak for this organisation or role.',
};

function fromHttp(thrown: HttpException): ApiError {
  const status = thrown.getStatus();
  if (status === 413) return new ApiError('LIMIT_EXCEEDED', 'The request body is too large.', {}, { status });
  if (status === 503) return unavailable(undefined, thrown);
  if (status >= 400 && status < 500)
    return new ApiError('BAD_USER_INPUT', 'The request cannot be read.', {}, { status });
  return new ApiError('INTERNAL', 'Something went wrong on our side.', {}, { status, cause: thrown });
}
