import type { ApolloServerPlugin } from '@apollo/server';
import { SpanStatusCode } from '@opentelemetry/api';
import { currentSpan, type Span } from '@spil/telemetry';
import type { Logger } from '../operations/logger.js';
import type { ServiceMetrics } from '../operations/metrics.js';
import type { RequestContext } from './request-context.js';

/**
 * Counts and logs each operation by kind and outcome, and puts the trace id into the answer. The operation's name, text
 * and variables are the client's words and stay out.
 */
export const telemetryPlugin = (
  metrics: ServiceMetrics,
  logger: Logger,
): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () => {
    const started = performance.now();
    return Promise.resolve({
      willSendResponse({ response, operation, contextValue }) {
        if (response.body.kind !== 'single') return Promise.resolve();
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, traceId: contextValue.traceId };
        const codes = [...new Set(singleResult.errors?.map((error) => String(error.extensions?.code)))];
        const seconds = (performance.now() - started) / 1000;
        const kind = operation?.operation ?? 'invalid';
        metrics.operationAnswered(kind, codes[0] ?? 'ok', seconds);
        tell(currentSpan(), kind, codes[0]);
        logger.info(
          { operation: kind, codes, ms: Math.round(seconds * 1000), role: roleOf(contextValue) },
          'operation answered',
        );
        return Promise.resolve();
      },
    });
  },
});

function tell(span: Span | undefined, kind: string, code: string | undefined): void {
  span
    ?.updateName(`GraphQL ${kind}`)
    .setAttributes({ 'graphql.operation.type': kind, 'spil.outcome': code ?? 'ok' });
  if (code !== undefined) span?.setStatus({ code: SpanStatusCode.ERROR, message: code });
}

const roleOf = ({ authentication }: RequestContext) =>
  'fault' in authentication ? authentication.fault : authentication.principal.role;
