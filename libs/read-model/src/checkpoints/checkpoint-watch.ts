import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ProjectionName } from '../schema/projections.js';
import { projectionNames } from '../schema/projections.js';
import { positionOf } from './checkpoints.js';
import { isReached, parsePosition, type LogPosition } from './position.js';

/** Channel on which a worker says in the checkpoint's own transaction how far each read model is. */
export const checkpointChannel = 'spil_checkpoint';

export type WaitResult =
  | { readonly kind: 'reached' }
  /** `behind` names the read models that were not there yet. */
  | { readonly kind: 'timedOut'; readonly behind: readonly ProjectionName[] };

export interface PositionWait {
  readonly projections: readonly ProjectionName[];
  readonly position: LogPosition;
  /** Milliseconds; 0 answers at once. */
  readonly timeoutMs: number;
}

/** Tells how far the read models are, by notification over one connection that it keeps up by itself. */
export interface CheckpointWatch {
  /** Waits until every named read model holds everything up to the position. */
  waitForPosition(wait: PositionWait): Promise<WaitResult>;
  /** Calls back whenever a read model may have moved on, also after a lost connection; until the returned function is called. */
  onAdvance(listener: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Starts to listen. The first connection may fail: waits then time out until one succeeds.
 * @param options.onError told why a connection was lost or refused; it is tried again by itself
 */
export function watchCheckpoints(
  url: string,
  options: { readonly onError?: (cause: unknown) => void } = {},
): CheckpointWatch {
  const reached = new Map<ProjectionName, LogPosition>();
  const waiters = new Set<() => void>();
  const closing = new AbortController();

  const advance = (projection: string, position: LogPosition | undefined): void => {
    const name = projectionNames.find((known) => known === projection);
    if (name && position) reached.set(name, position);
  };
  const wake = (): void => {
    for (const waiter of waiters) waiter();
  };

  const running = keepListening(closing.signal, options.onError, async (lost) => {
    const patience = { connectionTimeoutMillis: 5_000, query_timeout: 5_000 };
    const client = new pg.Client({ connectionString: url, ...patience, keepAlive: true });
    client.on('error', lost);
    client.on('end', () => lost(new Error('the listening connection ended')));
    client.on('notification', ({ payload }) => {
      for (const part of (payload ?? '').split(',')) {
        const [projection, position] = part.split('=');
        if (projection && position) advance(projection, parsePosition(position));
      }
      wake();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${checkpointChannel}`);
      // What was said before the LISTEN, or while no connection stood.
      const { rows } = await client.query<{
        projection: string;
        commit_position: string;
        prepare_position: string;
      }>('SELECT projection, commit_position, prepare_position FROM read.checkpoint');
      for (const row of rows) advance(row.projection, positionOf(row.commit_position, row.prepare_position));
    } catch (error) {
      // The next try has a connection of its own, and a database that is not migrated yet takes connections all the same.
      await client.end();
      throw error;
    }
    wake();
    return () => client.end();
  });

  return {
    waitForPosition: ({ projections, position, timeoutMs }) => {
      const behind = (): ProjectionName[] =>
        projections.filter((name) => {
          const at = reached.get(name);
          return !at || !isReached(position, at);
        });
      return new Promise((resolve) => {
        const settle = (result: WaitResult): void => {
          clearTimeout(timer);
          waiters.delete(look);
          resolve(result);
        };
        const look = (): void => {
          if (behind().length === 0) settle({ kind: 'reached' });
        };
        const timer = setTimeout(() => settle({ kind: 'timedOut', behind: behind() }), timeoutMs);
        waiters.add(look);
        look();
      });
    },
    onAdvance: (listener) => {
      waiters.add(listener);
      return () => waiters.delete(listener);
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

/** Opens, waits until it is lost, opens again; slower after each failure in a row, at most every two seconds. */
async function keepListening(
  signal: AbortSignal,
  onError: ((cause: unknown) => void) | undefined,
  open: (lost: (cause: unknown) => void) => Promise<() => Promise<void>>,
): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const closed = (): boolean => signal.aborted;
  let failures = 0;
  while (!closed()) {
    const loss: { tell: (cause: unknown) => void } = { tell: () => undefined };
    const lost = new Promise<unknown>((resolve) => {
      loss.tell = resolve;
    });
    try {
      const close = await open((cause) => loss.tell(cause));
      failures = 0;
      const cause = await Promise.race([lost, aborted]);
      if (closed()) await close();
      else onError?.(cause);
    } catch (error) {
      failures += 1;
      onError?.(error);
    }
    if (!closed())
      await Promise.race([
        pause(Math.min(2_000, 50 * 2 ** failures), undefined, { signal }).catch(ignoreAbort),
        aborted,
      ]);
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
