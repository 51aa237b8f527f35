import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import { isTracing, spanInTrace, withActive } from '@spil/telemetry';
import { GraphQLError } from 'graphql';
import type { Logger } from '../operations/logger.js';
import { currentTrace, newTrace, withinTrace } from '../operations/trace.js';
import { documentMemory } from './document-memory.js';
import { documentOf, type DocumentRequest, type TrustedDocuments } from './documents.js';
import { ApiError } from './errors.js';
import { formatGraphQLError } from './format-error.js';
import { parseWithinLimits } from './limits.js';

type Handler = (
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Puts every request under a trace and tells the caller its id. */
export const traceRequests: Handler = (request, response, next) => {
  const trace = newTrace(request.headers.traceparent);
  response.setHeader('x-trace-id', trace.traceId);
  withinTrace(trace, () => next());
};

/** Records a GraphQL request, from its body to its answer, when traces are on. The plugin says what it came to. */
export const traceOperations: Handler = (_request, response, next) => {
  const trace = currentTrace();
  if (trace === undefined || !isTracing()) {
    next();
    return;
  }
  const span = spanInTrace('GraphQL', { kind: SpanKind.SERVER }, trace);
  response.once('close', () => span.end());
  withActive(span, () => next());
};

/** One line per request: method, status and time. No URL, for its query may say something of a person. */
export const logRequests =
  (logger: Logger): Handler =>
  (request, response, next) => {
    const started = performance.now();
    const trace = currentTrace();
    response.once('finish', () => {
      logger.info(
        {
          traceId: trace?.traceId,
          method: request.method,
          status: response.statusCode,
          ms: Math.round(performance.now() - started),
        },
        'request answered',
      );
    });
    next();
  };

/**
 * Refuses documents beyond the limits, and those that are not on the list when there is one, before Apollo sees them: validation of
 * a hostile document is itself what costs. Only POST comes through; a document in a URL would end up in other people's logs.
 */
export function gateGraphQL(logger: Logger, trusted: TrustedDocuments | undefined): Handler {
  const passed = documentMemory<true>();

  return (request, response, next) => {
    try {
      if (request.method !== 'POST')
        throw new ApiError(
          'BAD_USER_INPUT',
          'Send GraphQL requests as POST with a JSON body.',
          {},
          { status: 405 },
        );
      const body = bodyOf(request.body);
      const source = documentOf(body, trusted);
      // Which document is meant is settled here; Apollo gets its text and nothing else.
      request.body = {
        query: source,
        ...(body.operationName != null && { operationName: body.operationName }),
        ...(body.variables != null && { variables: body.variables }),
      };
      if (!passed.has(source)) {
        parseWithinLimits(source);
        passed.set(source, true);
      }
    } catch (thrown) {
      if (!(thrown instanceof GraphQLError)) {
        next(thrown);
        return;
      }
      const { http } = thrown.extensions as { http?: { status?: number } };
      sendJson(response, http?.status ?? 400, { errors: [formatGraphQLError(thrown, logger)] });
      return;
    }
    next();
  };
}

/** Answers with JSON, outside of Apollo. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

interface GraphQLBody extends DocumentRequest {
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

function bodyOf(body: unknown): GraphQLBody {
  if (Array.isArray(body))
    throw new ApiError('LIMIT_EXCEEDED', 'Send one operation per request, not a batch.', {}, { status: 400 });
  return typeof body === 'object' && body !== null ? body : {};
}
