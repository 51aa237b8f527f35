import type pg from 'pg';
import type { Codec, EventStore, Position } from '@spil/event-store';
import type { Delivery } from './delivery.js';
import { runFeed } from './feed.js';
import { describe, isFaultOfEvent, type GenerationWriter } from './generation-writer.js';
import { acquireLocks, whileConnected } from './lead.js';
import { CheckpointBeyondLog, headOf, refuseBeyondLog } from './log-end.js';
import { pauseUnless } from './pause.js';
import { liveVersion, takeOver } from './load-writer.js';
import type { Projection } from './projection.js';
import { whyNotRebuilt } from './rebuild-refused.js';

export interface RunOptions {
  readonly store: Pick<EventStore, 'subscribeAll' | 'head'>;
  readonly codec: Pick<Codec, 'decode'>;
  /** Connection of the role that writes read models. */
  readonly url: string;
  readonly projections: readonly Projection[];
  /** Fills a new generation of a read model whose live tables are of another version; then it is run. */
  readonly rebuild?: (projection: Projection) => Promise<void>;
  readonly onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  | { readonly kind: 'leading' }
  | { readonly kind: 'standby' }
  | { readonly kind: 'caughtUp' }
  | { readonly kind: 'stopped'; readonly projection: string; readonly because: string }
  | { readonly kind: 'batch'; readonly deliveries: readonly Delivery[]; readonly seconds: number }
  | { readonly kind: 'dropped'; readonly cause: string }
  | { readonly kind: 'failed'; readonly cause: string };

/** How the read models of this process are doing. */
export interface RunStatus {
  readonly role: 'starting' | 'standby' | 'leading' | 'recovering';
  readonly caughtUp: boolean;
  readonly projections: readonly {
    readonly projection: string;
    readonly stoppedBecause: string | undefined;
    readonly parked: number;
    readonly position: Position | undefined;
  }[];
}

export interface Running {
  status(): RunStatus;
  /** Finishes the batch at hand, gives up the lead and closes. */
  stop(): Promise<void>;
}

const firstBackoffMs = 50;
const longestBackoffMs = 5_000;

/** Keeps the read models up to date until it is stopped, through outages of the database and of the event store. */
export function runProjections(options: RunOptions): Running {
  const stopping = new AbortController();
  const state: {
    role: RunStatus['role'];
    caughtUp: boolean;
    writers: readonly GenerationWriter[];
    /** Why a read model is not run at all. */
    refused: ReadonlyMap<string, string>;
  } = { role: 'starting', caughtUp: false, writers: [], refused: new Map() };
  const tell = options.onEvent ?? ((): void => undefined);

  let careful = false;
  const lead = async (client: pg.Client, signal: AbortSignal): Promise<void> => {
    const locks = options.projections.map(({ name }) => `spil.projection.${name}`);
    await acquireLocks(client, locks, signal, () => {
      if (state.role !== 'standby') tell({ kind: 'standby' });
      state.role = 'standby';
      // From now on another worker knows better.
      state.writers = [];
    });
    if (signal.aborted) return;
    const { runnable, refused } = await ofKnownVersion(client, options, tell);
    const writers: GenerationWriter[] = [];
    for (const projection of runnable) writers.push(await takeOver(client, projection));
    state.writers = writers;
    state.role = 'leading';
    const head = await headOf(options.store, signal, (error) =>
      tell({ kind: 'dropped', cause: describe(error) }),
    );
    refuseBeyondLog(
      writers.map(({ projection, position }) => ({ projection: projection.name, position })),
      head,
    );
    state.refused = refused;
    tell({ kind: 'leading' });
    const told = new Set<string>();
    await runFeed({
      store: options.store,
      codec: options.codec,
      db: client,
      writers,
      signal,
      careful,
      onDrop: (cause) => tell({ kind: 'dropped', cause: describe(cause) }),
      onCaughtUp: () => {
        state.caughtUp = true;
        tell({ kind: 'caughtUp' });
      },
      onBatch: (batch) => {
        tell({ kind: 'batch', ...batch });
        for (const { projection, stoppedBecause } of writers) {
          if (stoppedBecause === undefined || told.has(projection.name)) continue;
          told.add(projection.name);
          tell({ kind: 'stopped', projection: projection.name, because: stoppedBecause });
        }
      },
    });
  };

  const running = (async () => {
    let backoff = firstBackoffMs;
    const stopped = (): boolean => stopping.signal.aborted;
    while (!stopped()) {
      try {
        await whileConnected(
          options.url,
          'spil-projection-worker',
          stopping.signal,
          async (client, signal) => {
            await lead(client, signal);
            signal.throwIfAborted();
          },
        );
        backoff = firstBackoffMs;
      } catch (error) {
        if (stopped()) break;
        if (state.role === 'leading') backoff = firstBackoffMs;
        if (error instanceof CheckpointBeyondLog) {
          // Only people can mend that; until then it is looked at now and then, for a log may also grow back.
          backoff = longestBackoffMs;
          state.refused = new Map(error.projections.map((name) => [name, error.message]));
        }
        state.role = 'recovering';
        state.caughtUp = false;
        careful = isFaultOfEvent(error);
        tell({ kind: 'failed', cause: describe(error) });
        await pauseUnless(stopping.signal, backoff);
        backoff = Math.min(backoff * 2, longestBackoffMs);
      }
    }
  })();

  return {
    status: () => ({
      role: state.role,
      caughtUp: state.caughtUp,
      projections: options.projections.map(({ name }) => {
        const writer = state.writers.find(({ projection }) => projection.name === name);
        return {
          projection: name,
          stoppedBecause: state.refused.get(name) ?? (writer ? writer.stoppedBecause : 'not running'),
          parked: writer?.parkedStreams ?? 0,
          position: writer?.position,
        };
      }),
    }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Tables of an older version are rebuilt where that is possible; whatever differs still is left alone, visibly. */
async function ofKnownVersion(
  client: pg.Client,
  { projections, rebuild }: RunOptions,
  tell: (event: RunEvent) => void,
): Promise<{ readonly runnable: Projection[]; readonly refused: Map<string, string> }> {
  const runnable: Projection[] = [];
  const refused = new Map<string, string>();
  for (const projection of projections) {
    const because = await unlessKnown(client, projection, rebuild);
    if (because === undefined) {
      runnable.push(projection);
      continue;
    }
    refused.set(projection.name, because);
    tell({ kind: 'stopped', projection: projection.name, because });
  }
  return { runnable, refused };
}

/** Why this process cannot write the live tables of a read model; undefined when it can. */
async function unlessKnown(
  client: pg.Client,
  projection: Projection,
  rebuild: RunOptions['rebuild'],
): Promise<string | undefined> {
  let { live, known } = await liveVersion(client, projection);
  if (rebuild && live !== undefined && live < known) {
    try {
      await rebuild(projection);
    } catch (error) {
      const because = whyNotRebuilt(error);
      if (because !== undefined) return because;
      throw error;
    }
    ({ live, known } = await liveVersion(client, projection));
  }
  return live === known
    ? undefined
    : `its tables are of version ${live ?? 'none'}, this process writes version ${known}`;
}
