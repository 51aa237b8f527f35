import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Principal } from '@spil/access';
import type { RunningSpil } from './spil.js';

/** A timeline that someone follows over graphql-ws. */
export interface Followed {
  /** Resolves with the types of the events once there are so many. */
  received(count: number): Promise<readonly string[]>;
  /** Resolves when the service ends the subscription; with what it was told, if anything. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/** A graphql-ws client of someone. */
export async function socketOf(spil: RunningSpil, principal: Principal): Promise<Client> {
  const token = await spil.tokenOf(principal);
  return createClient({
    url: spil.graphqlUrl.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

/** Subscribes to the timeline of a case. */
export async function followTimeline(
  spil: RunningSpil,
  principal: Principal,
  caseId: string,
): Promise<Followed> {
  const client = await socketOf(spil, principal);
  const types: string[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<unknown>((resolve) => {
    client.subscribe<{ caseTimeline: { type: string } }>(
      {
        query: 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }',
        variables: { id: caseId },
      },
      {
        next: ({ data, errors }) => {
          if (data) types.push(data.caseTimeline.type);
          else resolve(errors);
          for (const look of waiting) look();
        },
        error: resolve,
        complete: () => resolve(undefined),
      },
    );
  });
  return {
    received: (count) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (types.length >= count) resolve(types.slice(0, count));
        };
        waiting.add(look);
        look();
        void ended.then((why) => reject(new Error(`the subscription ended: ${JSON.stringify(why)}`)));
      }),
    ended,
    close: async () => {
      await client.dispose();
    },
  };
}
