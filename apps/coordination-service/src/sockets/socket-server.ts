import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { handleProtocols, makeServer, type Context, type Server as ProtocolServer } from 'graphql-ws';
import { GraphQLError, subscribe, type ExecutionArgs } from 'graphql';
import { WebSocket, WebSocketServer } from 'ws';
import { graphqlPath } from '../api/graphql-options.js';
import { formatGraphQLError } from '../api/format-error.js';
import { limits } from '../api/limits.js';
import { Authenticator } from '../auth/authenticate.js';
import { purposeOf } from '../auth/purpose.js';
import { CONFIG, type ServiceConfig } from '../config.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { ServiceMetrics } from '../operations/metrics.js';
import { newTrace, withinTrace, type Trace } from '../operations/trace.js';
import { subscriptionArgs } from './subscription-args.js';

/** Milliseconds between two signs of life of a socket. */
const keepAliveMs = 15_000;

/** What belongs to one socket. */
interface SocketState extends Record<PropertyKey, unknown> {
  trace: Trace;
  close(code: number, reason: string): void;
}

/**
 * Subscriptions over WebSocket (graphql-ws). Apollo does not see these, so every guard it has over HTTP stands here
 * once more: token, limits, validation, masked errors. Queries and mutations are refused.
 */
@Injectable()
export class SocketServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketMessageBytes,
    handleProtocols,
  });
  private readonly protocol: ProtocolServer<SocketState>;

  constructor(
    private readonly http: HttpAdapterHost,
    schema: GraphQLSchemaHost,
    private readonly authenticator: Authenticator,
    private readonly metrics: ServiceMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: ServiceConfig,
  ) {
    this.protocol = makeServer<Record<string, unknown> | undefined, SocketState>({
      onConnect: async ({ connectionParams, extra }) => {
        const authentication = await this.authenticator.authenticate(authorizationIn(connectionParams));
        if (!('fault' in authentication)) return true;
        if (authentication.fault === 'ISSUER_UNAVAILABLE') extra.close(1013, 'Try again later');
        return false;
      },
      onSubscribe: async (context, _id, payload) => {
        if (Object.keys(context.subscriptions).length > limits.subscriptionsPerSocket)
          return [tooManySubscriptions()];
        const authentication = await this.authenticator.authenticate(
          authorizationIn(context.connectionParams),
        );
        return subscriptionArgs(schema.schema, config.trustedDocuments, payload, {
          authentication,
          purpose: purposeOf(authentication, context.connectionParams?.purpose),
          traceId: context.extra.trace.traceId,
          deadline: undefined,
          perRequest: new Map(),
        });
      },
      subscribe: (args: ExecutionArgs) => subscribe(args),
      onOperation: () => this.metrics.subscriptionOpened(),
      onComplete: () => this.metrics.subscriptionClosed(),
      onError: (context, _id, _payload, errors) => errors.map((error) => this.format(error, context)),
      onNext: (context, _id, _payload, _args, result) =>
        result.errors === undefined
          ? undefined
          : { ...result, errors: result.errors.map((error) => this.format(error, context)) },
    });
  }

  onApplicationBootstrap(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.url?.split('?')[0] !== graphqlPath || this.sockets.clients.size >= limits.sockets) {
        socket.destroy();
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (opened) => this.serve(opened, request));
    });
  }

  async onModuleDestroy(): Promise<void> {
    for (const socket of this.sockets.clients) socket.close(1001, 'Going away');
    await new Promise((closed) => this.sockets.close(closed));
  }

  private serve(socket: WebSocket, request: IncomingMessage): void {
    const trace = newTrace(request.headers.traceparent);
    const ended = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => {
            withinTrace(trace, () => take(data.toString('utf8'))).catch((error: unknown) => {
              this.logger.error({ err: error }, 'a socket message could not be handled');
              socket.close(4500, 'Internal error');
            });
          });
        },
      },
      { trace, close: (code, reason) => socket.close(code, reason) },
    );
    const beat = heartbeat(socket);
    socket.on('error', (error) => this.logger.warn({ err: error }, 'a socket broke'));
    socket.once('close', (code: number) => {
      clearInterval(beat);
      ended(code, '').catch((error: unknown) =>
        this.logger.error({ err: error }, 'a socket could not be closed down'),
      );
    });
  }

  private format(error: GraphQLError, { extra }: Context<Record<string, unknown> | undefined, SocketState>) {
    return withinTrace(extra.trace, () => formatGraphQLError(error, this.logger));
  }
}

const authorizationIn = (parameters: Readonly<Record<string, unknown>> | undefined): unknown =>
  parameters?.authorization ?? parameters?.Authorization;

const tooManySubscriptions = () =>
  new GraphQLError(`A socket holds at most ${limits.subscriptionsPerSocket} subscriptions.`, {
    extensions: { code: 'LIMIT_EXCEEDED' },
  });

const send = (socket: WebSocket, data: string): Promise<void> =>
  new Promise((sent, failed) => {
    if (socket.readyState !== WebSocket.OPEN) sent();
    else socket.send(data, (error) => (error ? failed(error) : sent()));
  });

/** Ends a socket whose other side is gone without a word. */
function heartbeat(socket: WebSocket): NodeJS.Timeout {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  return setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, keepAliveMs).unref();
}
