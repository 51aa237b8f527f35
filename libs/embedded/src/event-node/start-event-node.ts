import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Credentials } from './credentials.js';
import { gossipService, PROTOCOL_VERSION, serverFeatures } from './discovery.js';
import { LiveFeed } from './live-feed.js';
import { OpenCalls } from './open-calls.js';
import { GossipService, ServerFeaturesService } from './protocol.js';
import { Retentions } from './retention.js';
import { Storage } from './storage.js';
import { STREAMS_DEFINITION, streamsService } from './streams-service.js';
import { Writer } from './writer.js';

const STOP_GRACE_MS = 2_000;
const MAX_MESSAGE_BYTES = 17 << 20;
const LARGEST_APPEND_BYTES = 16 << 20;

/** What to serve; see {@link startEventNode}. */
export interface EventNodeOptions {
  /** The database that holds the log. One node at a time uses it; it makes its table itself. */
  databaseUrl: string;
  /** TCP port; a free one when left out. */
  port?: number;
  /** Address to listen on; loopback unless given. */
  host?: string;
  /** When given, every call on streams must carry them. They need TLS: the client sends none in plain text. */
  credentials?: Credentials;
  /** When given, the node speaks TLS with this certificate (both PEM); otherwise plain text. */
  tls?: { cert: Buffer; key: Buffer };
  /** Size of one append in the log, names and 64 bytes for each event included: at most and by default 16 MB; EventStoreDB's own default is 1 MB. */
  maxAppendBytes?: number;
  /** Receives a line when something happens that an operator should know. */
  onLog?: (line: string) => void;
}

/** An event node that listens. */
export interface EventNode {
  port: number;
  /** Finishes the appends under way, ends open streams with CANCELLED and gives the database free. */
  stop(): Promise<void>;
}

/**
 * Starts a node that speaks the EventStoreDB gRPC protocol to the official client and stores durably in Postgres.
 * It is one machine's convenience, never a cluster. Run it in a process of its own (`spawnEventNode`) wherever
 * throughput counts.
 * @throws Error when the database is away, another node uses it, the port is taken, or the options contradict themselves
 */
export async function startEventNode(options: EventNodeOptions): Promise<EventNode> {
  const { databaseUrl, host = '127.0.0.1', port = 0, credentials, tls } = options;
  const { maxAppendBytes = LARGEST_APPEND_BYTES, onLog: log = (): void => undefined } = options;
  if (credentials && !tls) throw new Error('credentials need TLS');
  if (!(maxAppendBytes > 0 && maxAppendBytes <= LARGEST_APPEND_BYTES))
    throw new Error(`an append may hold 1 to ${LARGEST_APPEND_BYTES} bytes`);
  const feed = new LiveFeed();
  const retentions = new Retentions();
  const writer = await Writer.start(databaseUrl, { feed, retentions }, log);
  const storage = new Storage(databaseUrl, (error) => log(`event node lost a connection: ${error.message}`));
  const calls = new OpenCalls();
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc-node.max_session_memory': 512,
    'grpc-node.flow_control_window': 1 << 20,
  });
  const stop = async (): Promise<void> => {
    calls.stop();
    const late = setTimeout(() => server.forceShutdown(), STOP_GRACE_MS);
    await promisify(server.tryShutdown.bind(server))();
    clearTimeout(late);
    await writer.close();
    await storage.close();
  };
  let listening = port;
  const context = {
    storage,
    feed,
    retentions,
    writer,
    credentials,
    maxAppendBytes,
    calls,
    log,
  };
  server.addService(STREAMS_DEFINITION, streamsService(context));
  server.addService(ServerFeaturesService, serverFeatures);
  server.addService(
    GossipService,
    gossipService(host, () => listening),
  );
  const channel = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }])
    : ServerCredentials.createInsecure();
  try {
    await recordStart(writer);
    listening = await promisify(server.bindAsync.bind(server))(`${host}:${port}`, channel);
    return { port: listening, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Notes the start in the log itself, as system events: `$all` of a fresh node holds some, as the real one does. */
async function recordStart(writer: Writer): Promise<void> {
  const event = {
    id: randomUUID(),
    type: '$NodeStarted',
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify({ protocolVersion: PROTOCOL_VERSION })),
    metadata: Buffer.alloc(0),
  };
  await writer.write({
    kind: 'append',
    stream: '$node',
    expected: 'any',
    deadline: Infinity,
    events: [event],
  });
}
