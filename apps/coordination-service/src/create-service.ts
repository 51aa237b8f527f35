import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { policyEngine } from '@spil/access';
import { ConfigError } from '@spil/config';
import { KeyStore, TombstoneListMissing } from '@spil/event-store';
import { graphqlPath } from './api/graphql-options.js';
import { gateGraphQL, logRequests, traceOperations, traceRequests } from './api/http-gate.js';
import { limits } from './api/limits.js';
import { AppModule } from './app.module.js';
import type { ServiceConfig } from './config.js';
import { LOGGER, NestLogger, type Logger } from './operations/logger.js';

/** A running coordination service. */
export interface RunningService {
  /** Where GraphQL answers, for example `http://127.0.0.1:4000/graphql`. */
  readonly graphqlUrl: string;
  readonly port: number;
  /** Stops taking requests, lets those under way finish, and lets go of everything it holds. */
  close(): Promise<void>;
}

/**
 * Starts the coordination service on everything that its configuration names.
 * @throws ConfigError when it cannot be told who was erased
 */
export async function createService(config: ServiceConfig): Promise<RunningService> {
  const app = await createApplication(config);
  try {
    await applyErasures(app);
  } catch (error) {
    await app.close();
    throw error;
  }
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return { graphqlUrl: `http://${host}:${port}${graphqlPath}`, port, close: () => app.close() };
}

/** The application, not listening yet. @throws PolicyInvalid when the access policy cannot be used: nothing starts without it */
export async function createApplication(config: ServiceConfig): Promise<NestExpressApplication> {
  policyEngine();
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(new NestLogger(logger));
  app.disable('x-powered-by');
  app.use(traceRequests, logRequests(logger));
  app.useBodyParser('json', { limit: limits.bodyBytes });
  app.use(graphqlPath, traceOperations, gateGraphQL(logger, config.trustedDocuments));
  return app;
}

/** While the keys or the log are away the service serves no personal data, and asks again whenever they are needed. */
async function applyErasures(app: NestExpressApplication): Promise<void> {
  try {
    await app.get(KeyStore).ready();
  } catch (error) {
    if (error instanceof TombstoneListMissing) throw new ConfigError([error.message]);
    app
      .get<Logger>(LOGGER)
      .warn({ err: error }, 'cannot tell yet what was erased; no personal data until then');
  }
}
