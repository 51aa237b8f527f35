import pg from 'pg';
import type { EventStore } from '@spil/event-store';
import { formatNote, formatVerifierKey, type SigningKey } from '@spil/proof';
import { describe } from '../runtime/generation-writer.js';
import { acquireLocks, whileConnected } from '../runtime/lead.js';
import { pauseUnless } from '../runtime/pause.js';
import { keepTree } from './keep-tree.js';
import { lastCheckpoint, signCheckpoint, type SignedCheckpoint } from './sign-checkpoint.js';
import { submitToWitness, WitnessRefused, type Witness } from './witnesses.js';

export interface ProofOptions {
  readonly store: Pick<EventStore, 'subscribeAll' | 'readStream'>;
  /** Audit database, in the worker's role there. */
  readonly url: string;
  /** Signs the checkpoints; without it the tree grows and nothing is signed. */
  readonly key: SigningKey | undefined;
  readonly checkpointSeconds: number;
  readonly witnesses: readonly Witness[];
  readonly onEvent: (event: ProofEvent) => void;
}

export type ProofEvent =
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'dropped'; readonly cause: string }
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'witness'; readonly witness: string; readonly cause: string };

/** How the proofs of this process are doing. */
export interface ProofStatus {
  readonly leading: boolean;
  readonly treeSize: number;
  readonly checkpointSize: number;
  readonly signedAt: Date | undefined;
  /** Why no checkpoint is signed; undefined while all is well. */
  readonly refusedBecause: string | undefined;
  readonly witnesses: readonly {
    readonly name: string;
    /** Leaves under the last checkpoint that it cosigned. */
    readonly size: number;
    /** It saw another history than ours. */
    readonly refuses: boolean;
  }[];
}

export interface KeptProof {
  status(): ProofStatus;
  /** The newest checkpoint with its cosignatures, as a signed note; undefined before the first. */
  checkpoint(): Promise<string | undefined>;
  /** Public key of the log in its text form. */
  readonly publicKey: string | undefined;
  stop(): Promise<void>;
}

const firstBackoffMs = 50;
const longestBackoffMs = 5_000;

/** Keeps the tree and its checkpoints until it is stopped, through outages of the database, the event store and the witnesses. */
export function keepProof(options: ProofOptions): KeptProof {
  const { store, url, key, onEvent } = options;
  const stopping = new AbortController();
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'spil-proof',
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
  });
  pool.on('error', (error) => onEvent({ kind: 'failed', cause: describe(error) }));
  const state = {
    leading: false,
    treeSize: 0,
    checkpoint: undefined as SignedCheckpoint | undefined,
    refusedBecause: undefined as string | undefined,
    witnesses: new Map(options.witnesses.map(({ key: { name } }) => [name, { size: 0, refuses: false }])),
  };

  const lead = async (client: pg.Client, signal: AbortSignal): Promise<void> => {
    // What was in the way is not any more; whether a checkpoint can be signed is for the one who leads to say.
    const standBy = (): void => {
      state.refusedBecause = undefined;
    };
    await acquireLocks(client, ['spil.proof'], signal, standBy);
    if (signal.aborted) return;
    state.leading = true;
    if (key === undefined) state.refusedBecause = undefined;
    const ended = new AbortController();
    const signing = key && signAtRhythm(key, AbortSignal.any([signal, ended.signal]));
    try {
      await keepTree({
        store,
        db: client,
        signal,
        onDrop: (cause) => onEvent({ kind: 'dropped', cause: describe(cause) }),
        onGrown: ({ frontier }) => {
          state.treeSize = frontier.size;
        },
      });
    } finally {
      state.leading = false;
      ended.abort();
      await signing;
    }
  };

  const signAtRhythm = async (signingKey: SigningKey, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        state.checkpoint = await inSnapshot(pool, (db) => signCheckpoint(db, store, signingKey));
        state.refusedBecause = undefined;
        if (state.checkpoint) await askWitnesses(state.checkpoint);
      } catch (error) {
        const cause = describe(error);
        if (cause !== state.refusedBecause) onEvent({ kind: 'refused', cause });
        state.refusedBecause = cause;
      }
      await pauseUnless(signal, options.checkpointSeconds * 1_000);
    }
  };

  const askWitnesses = async (checkpoint: SignedCheckpoint): Promise<void> => {
    const asked = options.witnesses.map(async (witness) => {
      const { name } = witness.key;
      const known = state.witnesses.get(name);
      if (known?.size === checkpoint.size && !known.refuses) return;
      try {
        await submitToWitness(pool, checkpoint, witness);
        state.witnesses.set(name, { size: checkpoint.size, refuses: false });
      } catch (error) {
        state.witnesses.set(name, { size: known?.size ?? 0, refuses: error instanceof WitnessRefused });
        onEvent({ kind: 'witness', witness: name, cause: describe(error) });
      }
    });
    await Promise.all(asked);
  };

  const running = (async () => {
    let backoff = firstBackoffMs;
    const stopped = (): boolean => stopping.signal.aborted;
    while (!stopped()) {
      try {
        await whileConnected(url, 'spil-proof', stopping.signal, async (client, signal) => {
          await lead(client, signal);
          signal.throwIfAborted();
        });
      } catch (error) {
        if (stopped()) break;
        const cause = describe(error);
        state.refusedBecause = cause;
        onEvent({ kind: 'failed', cause });
        await pauseUnless(stopping.signal, backoff);
        backoff = Math.min(backoff * 2, longestBackoffMs);
      }
    }
  })();

  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    stopping.abort();
    await running;
    await pool.end();
  };

  return {
    status: () => ({
      leading: state.leading,
      treeSize: state.treeSize,
      checkpointSize: state.checkpoint?.size ?? 0,
      signedAt: state.checkpoint?.signedAt,
      refusedBecause: state.refusedBecause,
      witnesses: [...state.witnesses].map(([name, seen]) => ({ name, ...seen })),
    }),
    checkpoint: async () => {
      const newest = await lastCheckpoint(pool);
      return newest && formatNote(newest.note);
    },
    publicKey: key && formatVerifierKey(key),
    stop: () => (ended ??= end()),
  };
}

/** Reads and writes as if at one moment; nothing is written when the work fails. */
async function inSnapshot<Result>(
  pool: pg.Pool,
  work: (db: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  // A connection that breaks between two statements; the next statement tells.
  const markBroken = (): void => {
    broken = true;
  };
  client.on('error', markBroken);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = true;
    throw error;
  } finally {
    // One that is closed may still break on its way out.
    if (!broken) client.off('error', markBroken);
    // What failed in the middle of a transaction is closed, which rolls it back.
    client.release(broken);
  }
}
