import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import {
  Server,
  type Metadata,
  ServerCredentials,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import { gossipService, PROTOCOL_VERSION } from '../../../libs/embedded/src/event-node/discovery.js';
import {
  GossipService,
  ServerFeaturesService,
  streams,
  features as featureMessages,
} from '../../../libs/embedded/src/event-node/protocol.js';
import type { ReadCall } from '../../../libs/embedded/src/event-node/read-call.js';
import type { AppendRequest, StoredEvent } from '../../../libs/embedded/src/event-node/records.js';
import {
  STREAMS_DEFINITION,
  STREAMS_METHODS,
} from '../../../libs/embedded/src/event-node/streams-service.js';
import { batchResponse, parseBatchTarget } from '../../../libs/embedded/src/event-node/wire/batch.js';
import { encodeEvent } from '../../../libs/embedded/src/event-node/wire/encode-event.js';
import {
  confirmationResponse,
  noticeResponse,
  parseRead,
  streamNotFoundResponse,
  type ReadQuery,
} from '../../../libs/embedded/src/event-node/wire/read.js';
import { parseUuid } from '../../../libs/embedded/src/event-node/wire/values.js';
import {
  appendResponse,
  parseProposed,
  parseTarget,
} from '../../../libs/embedded/src/event-node/wire/write.js';
import { ScriptedLog } from './log.js';
import { notLeader, type AppendTurn, type Script } from './turns.js';

type SupportedMethods = InstanceType<typeof featureMessages.SupportedMethods>;
type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
type BatchReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchCall = ServerDuplexStream<BatchReq, InstanceType<typeof streams.BatchAppendResp>>;

/**
 * A node that speaks the real protocol to the unmodified client and misbehaves on demand, as no real store would: a test says
 * in `script` how the next calls are answered.
 */
export interface ScriptedNode {
  readonly port: number;
  readonly connectionString: string;
  readonly log: ScriptedLog;
  readonly script: Script;
  /** How often each method was called. */
  readonly calls: Readonly<Record<keyof Script, number>>;
  /** The node that leads, this one unless said otherwise. Who does not lead refuses calls that require the leader. */
  leaderPort: number;
  /** Ends every open call and connection. */
  stop(): void;
}

export async function startScriptedNode(): Promise<ScriptedNode> {
  const script: Script = { append: [], batchAppend: [], read: [], subscribe: [], features: [] };
  const calls = { append: 0, batchAppend: 0, read: 0, subscribe: 0, features: 0 };
  const log = new ScriptedLog();

  const take = <Method extends keyof Script>(method: Method): Script[Method][number] | undefined => {
    calls[method] += 1;
    return script[method].shift();
  };

  const follows = ({ metadata }: { readonly metadata: Metadata }): boolean =>
    node.leaderPort !== node.port && metadata.get('requires-leader').includes('true');

  const append = (call: AppendCall, answer: sendUnaryData<AppendResp>): void =>
    whole(call, (request) => {
      const turn: AppendTurn = {
        request,
        soundly: () => {
          const result = log.append(request);
          if (result.kind === 'written' || result.kind === 'wrong_expected_revision')
            answer(null, appendResponse(result, request.expected));
        },
        fail: answer,
        answerNothing: () => answer(null, new streams.AppendResp()),
      };
      const answered = take('append') ?? turn.soundly;
      if (follows(call)) answer(notLeader(node.leaderPort));
      else answered(turn);
    });

  const batchAppend = (call: BatchCall): void => {
    call.on('end', () => call.end());
    call.on('data', (message: BatchReq) => {
      const options = message.getOptions();
      if (!options) throw new Error('the scripted node takes an append of one message only');
      const request: AppendRequest = {
        kind: 'append',
        ...parseBatchTarget(options),
        events: message.getProposedMessagesList().map(parseProposed),
      };
      const id = parseUuid(message.getCorrelationId());
      const turn: Parameters<Script['batchAppend'][number]>[0] = {
        request,
        soundly: () =>
          turn.answer(request.deadline <= log.now() ? { kind: 'too_late' } : log.append(request)),
        answer: (outcome) => call.write(batchResponse(id, request, outcome)),
        end: () => call.end(),
        fail: (error) => call.emit('error', error),
      };
      (take('batchAppend') ?? turn.soundly)(turn);
    });
  };

  const read = (call: ReadCall): void => {
    const query = parseRead(call.request.getOptions());
    const fail = (error: Error): void => void call.emit('error', error);
    if (query.count === undefined) {
      const deliver = (events: number, then: 'end' | 'freeze'): void =>
        follow(log, call, query, events, then);
      const soundly = (): void => deliver(Infinity, 'freeze');
      const answered = take('subscribe') ?? soundly;
      if (follows(call)) fail(notLeader(node.leaderPort));
      else answered({ query, fail, deliver, soundly });
      return;
    }
    const freezeAfter = (count: number): void => {
      const events = log.read(query);
      if (!events) call.write(streamNotFoundResponse(query.stream ?? ''));
      for (const event of events?.slice(0, count) ?? [])
        call.write(encodeEvent({ event }, query.structuredIds));
    };
    const soundly = (): void => {
      freezeAfter(Infinity);
      call.end();
    };
    const answered = take('read') ?? soundly;
    if (follows(call)) fail(notLeader(node.leaderPort));
    else answered({ query, fail, soundly, freezeAfter });
  };

  const features = {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<SupportedMethods>): void => {
      const methods = STREAMS_METHODS.map((name) =>
        new featureMessages.SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName(name),
      );
      const soundly = (): void =>
        answer(
          null,
          new featureMessages.SupportedMethods()
            .setEventStoreServerVersion(PROTOCOL_VERSION)
            .setMethodsList(methods),
        );
      (take('features') ?? soundly)({ soundly, fail: answer });
    },
  };

  const server = new Server();
  server.addService(STREAMS_DEFINITION, { append, batchAppend, read });
  server.addService(ServerFeaturesService, features);
  server.addService(
    GossipService,
    gossipService('127.0.0.1', () => node.leaderPort),
  );
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', ServerCredentials.createInsecure());
  const connectionString = `esdb://127.0.0.1:${port}?tls=false`;
  const node: ScriptedNode = {
    port,
    connectionString,
    log,
    script,
    calls,
    leaderPort: port,
    stop: () => server.forceShutdown(),
  };
  return node;
}

/** Collects the messages of one append. */
function whole(call: AppendCall, done: (request: AppendRequest) => void): void {
  let target: Omit<AppendRequest, 'events'> | undefined;
  const events: AppendRequest['events'] = [];
  call.on('data', (message: AppendReq) => {
    const options = message.getOptions();
    const revision = options?.hasRevision() ? options.getRevision() : undefined;
    if (options) target = { kind: 'append', deadline: Infinity, ...parseTarget(options, revision) };
    const proposed = message.getProposedMessage();
    if (proposed) events.push(parseProposed(proposed));
  });
  call.on('end', () => {
    if (target) done({ ...target, events });
  });
}

/** A subscription to `$all`, with a checkpoint after every event. */
function follow(
  log: ScriptedLog,
  call: ReadCall,
  { from, filter, structuredIds }: ReadQuery,
  limit: number,
  then: 'end' | 'freeze',
): void {
  let delivered = 0;
  const tell = (event: StoredEvent): void => {
    if (delivered >= limit) return;
    if (!filter || filter.matchesName(event[filter.on])) {
      delivered += 1;
      call.write(encodeEvent({ event }, structuredIds));
    }
    if (delivered < limit) call.write(noticeResponse({ kind: 'checkpoint', position: event.position }));
    else if (then === 'end') call.end();
  };
  call.write(confirmationResponse(randomUUID()));
  call.once('cancelled', log.follow(typeof from === 'bigint' ? from : 0n, tell));
  if (delivered < limit) call.write(noticeResponse({ kind: 'caught_up' }));
}
