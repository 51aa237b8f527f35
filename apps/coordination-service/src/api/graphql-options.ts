import type { IncomingMessage } from 'node:http';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Authenticator } from '../auth/authenticate.js';
import { purposeHeader, purposeOf } from '../auth/purpose.js';
import { issuerAwayPlugin } from '../auth/issuer-away.plugin.js';
import type { ServiceConfig } from '../config.js';
import type { Logger } from '../operations/logger.js';
import type { ServiceMetrics } from '../operations/metrics.js';
import { currentTrace, newTrace } from '../operations/trace.js';
import { CompilingApolloDriver } from './compiled-execution.js';
import { documentStore } from './document-memory.js';
import { operationGatePlugin } from './operation-gate.plugin.js';
import { formatError } from './format-error.js';
import type { RequestContext } from './request-context.js';
import { telemetryPlugin } from './telemetry.plugin.js';

export const graphqlPath = '/graphql';

/** How Apollo serves the schema over HTTP. Limits are checked before it (http-gate), sockets beside it (sockets). */
export function graphqlOptions(
  config: ServiceConfig,
  authenticator: Authenticator,
  metrics: ServiceMetrics,
  logger: Logger,
): Omit<ApolloDriverConfig, 'driver'> {
  return {
    path: graphqlPath,
    autoSchemaFile: true,
    sortSchema: true,
    introspection: !config.production,
    graphiql: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    autoTransformHttpErrors: false,
    persistedQueries: false,
    documentStore: documentStore(),
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    fieldResolverEnhancers: ['interceptors', 'filters'],
    logger: apolloLogger(logger),
    context: async ({ req }: { req: IncomingMessage }): Promise<RequestContext> => {
      const trace = currentTrace() ?? newTrace(undefined);
      const authentication = await authenticator.authenticate(req.headers.authorization);
      return {
        authentication,
        purpose: purposeOf(authentication, req.headers[purposeHeader]),
        traceId: trace.traceId,
        deadline: trace.deadline,
        perRequest: new Map(),
      };
    },
    formatError: (formatted, thrown) => formatError(formatted, thrown, logger),
    plugins: [issuerAwayPlugin, operationGatePlugin, telemetryPlugin(metrics, logger)],
  };
}

export const graphqlDriver = CompilingApolloDriver;

/** Apollo's own messages may quote errors; only that they were made is kept. */
const apolloLogger = (logger: Logger) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => logger.warn('the GraphQL server warns'),
  error: () => logger.error('the GraphQL server reports an error'),
});
