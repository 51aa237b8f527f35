import type {
  AppendToStreamOptions,
  EventData,
  EventStoreDBClient,
  ResolvedEvent,
} from '@eventstore/db-client';
import { startEventNode, type EventNode, type EventNodeOptions } from '@spil/embedded';
import { freshDatabase, type FreshDatabase } from './database.js';
import { collect, connect, credentials } from './event-store-client.js';

/** An event node with a database of its own, started for a suite and stopped after it. */
export interface NodeUnderTest {
  readonly client: EventStoreDBClient;
  readonly node: EventNode;
  readonly databaseUrl: string;
  /** Stops the node and starts it again on the same log, so that nothing is left but what was stored. */
  restart(): Promise<void>;
}

export function useEventNode(options: Omit<EventNodeOptions, 'databaseUrl'> = {}): NodeUnderTest {
  let database: FreshDatabase;
  let node: EventNode;
  let client: EventStoreDBClient;
  const start = async (): Promise<void> => {
    node = await startEventNode({ ...options, databaseUrl: database.url });
    client = connect(node.port);
  };
  const stop = async (): Promise<void> => {
    await client.dispose();
    await node.stop();
  };
  beforeAll(async () => {
    database = await freshDatabase();
    await start();
  });
  afterAll(async () => {
    await stop();
    await database.drop();
  });
  return {
    get client() {
      return client;
    },
    get node() {
      return node;
    },
    get databaseUrl() {
      return database.url;
    },
    restart: async () => {
      await stop();
      await start();
    },
  };
}

/** The two calls by which the client appends, and what makes it choose each. */
export const APPEND_PATHS: [string, AppendToStreamOptions][] = [
  ['the unary call', { credentials }],
  ['the batch stream', {}],
];

/** An event as it is compared: all that the writer gave, and its place. */
export interface EventInStream {
  stream: string;
  revision: bigint;
  id: string;
  type: string;
  data: unknown;
  metadata: unknown;
}

/** What a stream must hold after `given` was appended to it from a revision on. */
export const asStored = (stream: string, given: EventData[], from = 0n): EventInStream[] =>
  given.map(({ id, type, data, metadata }, index) => ({
    stream,
    revision: from + BigInt(index),
    id,
    type,
    data,
    metadata,
  }));

/** The events that a read gives. */
export async function stored(read: AsyncIterable<ResolvedEvent>): Promise<EventInStream[]> {
  return (await collect(read)).flatMap(({ event }) =>
    event
      ? [
          {
            stream: event.streamId,
            revision: event.revision,
            id: event.id,
            type: event.type,
            data: event.data,
            metadata: event.metadata,
          },
        ]
      : [],
  );
}
