import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, Kind, TokenKind, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../operations/logger.js';
import { currentTrace } from '../operations/trace.js';
import { ApiError, badUserInput, toApiError } from './errors.js';

/** Errors of the GraphQL layer itself that tell a client what is wrong with its request. */
const clientErrors = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);

/**
 * The last wall: what leaves is an error of ours, or a complaint of the GraphQL layer about the request; everything else
 * becomes `INTERNAL`. Every error carries the trace id.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const original = unwrapResolverError(thrown);
  if (original instanceof ApiError) return outgoing(original, formatted);

  const wrongValue = original instanceof GraphQLError ? asWrongValue(original) : undefined;
  if (wrongValue !== undefined) return outgoing(wrongValue, formatted);

  const code = formatted.extensions?.code;
  if (typeof code === 'string' && clientErrors.has(code))
    return {
      message: withoutSuggestions(formatted.message),
      ...(formatted.locations !== undefined && { locations: formatted.locations }),
      extensions: { code, ...traceId() },
    };
  const fault = toApiError(original);
  logFault(logger, fault);
  return outgoing(fault, formatted);
}

/** For errors that never pass through Apollo: those of the socket, and of the gate before it. */
export function formatGraphQLError(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const original = error.originalError ?? error;
  // What a scalar complains of stands in the message of the error around it, which names the variable.
  const thrown = original instanceof GraphQLError && !(original instanceof ApiError) ? error : original;
  const complaint = thrown === error && error.extensions.code === undefined;
  const extensions = complaint ? { code: 'GRAPHQL_VALIDATION_FAILED' } : error.extensions;
  return formatError({ ...error.toJSON(), extensions }, thrown, logger);
}

function outgoing(error: ApiError, at: GraphQLFormattedError): GraphQLFormattedError {
  const extensions = Object.fromEntries(Object.entries(error.extensions).filter(([name]) => name !== 'http'));
  return {
    message: error.message,
    ...(at.path !== undefined && { path: at.path }),
    ...(at.locations !== undefined && { locations: at.locations }),
    extensions: { ...extensions, ...traceId() },
  };
}

const traceId = () => {
  const trace = currentTrace();
  return trace === undefined ? {} : { traceId: trace.traceId };
};

const withoutSuggestions = (message: string) => message.replace(/ ?Did you mean [^?]*\?/, '');

/**
 * A value that does not fit its type, as the GraphQL layer complains of it: in a variable, or written in the document.
 * Answered by field name and without repeating the value, which may be personal.
 */
function asWrongValue(error: GraphQLError): ApiError | undefined {
  const variable = /^Variable "\$([A-Za-z0-9_]+)"/.exec(error.message)?.[1];
  if (variable !== undefined && error.originalError?.name !== 'ApiError') {
    const path = /.* at "([A-Za-z0-9_.[\]]+)"; /s.exec(error.message)?.[1];
    return wrongValue(path ?? variable, error);
  }
  const node = error.nodes?.[0];
  if (node === undefined || !valueKinds.has(node.kind)) return undefined;
  const colon = node.loc?.startToken.prev;
  return colon?.kind === TokenKind.COLON ? wrongValue(colon.prev?.value ?? 'value', error) : undefined;
}

const valueKinds = new Set<string>([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** Paths begin below `input`, as those of the domain's refusals do. */
function wrongValue(at: string, error: GraphQLError): ApiError {
  const { below, message } = reasonOf(error.message);
  const path = below === undefined ? at : `${at}.${below}`;
  return badUserInput([{ field: path.replace(/^input\./, ''), message }]);
}

/** The GraphQL layer's reason, without the value: its texts quote it first and end with what they expected. */
function reasonOf(message: string): { readonly below?: string; readonly message: string } {
  const expected = /expected ([a-zA-Z][\w ,.:()-]{0,80})$/.exec(message)?.[1];
  if (expected !== undefined) return { message: `expected ${expected}` };
  const missing = /Field "(?:\w+\.)?(\w+)" of required type "[\w![\]]+" was not provided/.exec(message)?.[1];
  if (missing !== undefined) return { below: missing, message: 'is required' };
  if (/of (non-null|required) type|Expected non-nullable type/.test(message))
    return { message: 'is required' };
  const unknown = /Field "(\w+)" is not defined by type/.exec(message)?.[1];
  if (unknown !== undefined) return { below: unknown, message: 'is not a field of this input' };
  const enumName = /does not exist in "(\w+)" enum|Enum "(\w+)" cannot represent/.exec(message);
  if (enumName !== null)
    return { message: `is not one of the values of ${enumName[1] ?? enumName[2] ?? 'its type'}` };
  const type = /\b(Int|Float|String|Boolean|ID) cannot represent/.exec(message)?.[1];
  return { message: type === undefined ? 'does not fit its type' : `does not fit the type ${type}` };
}

/** Logs what was thrown when it is a fault of ours or of what we depend on. */
export function logFault(logger: Logger, error: ApiError): void {
  if (error.code === 'INTERNAL') logger.error({ err: error.cause }, 'a request failed unexpectedly');
  else if (error.code === 'UNAVAILABLE')
    logger.warn(
      { dependency: error.extensions.dependency, err: error.cause },
      'a request found something away',
    );
}
