import type { EventStoreDBClient } from '@eventstore/db-client';
import { connectEventStore, type EventStore, type EventStoreConnection } from '@spil/event-store';
import { connect } from '../event-store-client.js';
import { startScriptedNode, type ScriptedNode } from './node.js';

/** What a suite on scripted nodes works with; everything is new for each test and closed after it. */
export interface ScriptedNodes {
  readonly node: ScriptedNode;
  another(): Promise<ScriptedNode>;
  /** The official client, used as its own documentation shows. */
  naive(): EventStoreDBClient;
  /** Spil's way to the node. */
  spil(over?: Partial<EventStoreConnection>): EventStore;
}

/** Makes a scripted node for each test of a suite. */
export function useScriptedNode(): ScriptedNodes {
  let nodes: ScriptedNode[] = [];
  let closing: (() => Promise<unknown>)[] = [];
  const another = async (): Promise<ScriptedNode> => {
    const node = await startScriptedNode();
    nodes.push(node);
    return node;
  };
  const first = (): ScriptedNode => {
    if (!nodes[0]) throw new Error('there is no node outside of a test');
    return nodes[0];
  };
  beforeEach(async () => {
    nodes = [];
    closing = [];
    await another();
  });
  afterEach(async () => {
    await Promise.all(closing.map((close) => close()));
    for (const node of nodes) node.stop();
  });
  return {
    get node() {
      return first();
    },
    another,
    naive: () => {
      const client = connect(first().port);
      // After some of the faults it never ends; the node then ends its connection.
      closing.push(() => within(500, client.dispose()));
      return client;
    },
    spil: (over = {}) => {
      const store = connectEventStore({
        connectionString: first().connectionString,
        credentials: { username: 'spil', password: 'only-for-tests' },
        heartbeatMs: 100,
        ...over,
      });
      closing.push(() => store.close());
      return store;
    },
  };
}

/** What became of some work within a time: its value, its error, or nothing. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown } | 'pending';

export async function within(milliseconds: number, work: Promise<unknown>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const outcome = await Promise.race([
    work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    new Promise<'pending'>((resolve) => {
      timer = setTimeout(() => resolve('pending'), milliseconds);
    }),
  ]);
  clearTimeout(timer);
  return outcome;
}
