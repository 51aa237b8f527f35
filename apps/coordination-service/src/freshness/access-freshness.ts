import { Inject, Injectable } from '@nestjs/common';
import { EventStoreUnavailable, type EventStore } from '@spil/event-store';
import { checkpoints, isReached, type LogPosition } from '@spil/read-model';
import { ReadModels } from '../infrastructure/read-models.js';
import { EVENT_STORE } from '../infrastructure/tokens.js';

/** Milliseconds that the access table may lag: beyond, lists show nothing personal, and a revocation is pending. */
export const accessLagMs = 2_000;

/** Milliseconds for which a look at the end of the log counts: what came after is younger than the lag that is allowed. */
const lookCountsMs = 1_000;

/** Milliseconds kept back of a request's time, to answer in. */
const answeringMs = 300;

/** Tells whether the access table holds everything that is older than {@link accessLagMs}. */
@Injectable()
export class AccessFreshness {
  /** The table held all there was at this moment; of a clock that never goes back. */
  #completeAt = Number.NEGATIVE_INFINITY;
  /** What the table did not hold yet at the last look, and since when. */
  #awaited: { readonly position: LogPosition; readonly since: number } | undefined;
  #looking: Promise<boolean> | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
  ) {}

  /** False also when that cannot be told. */
  isFresh(): Promise<boolean> {
    if (performance.now() - this.#completeAt < lookCountsMs) return Promise.resolve(true);
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Waits until the table holds a step, for as long as the table may lag and the request may take. */
  holds(position: bigint, deadline = Number.POSITIVE_INFINITY): Promise<boolean> {
    const left = Math.max(0, deadline - Date.now() - answeringMs);
    return this.#reaches({ commit: position, prepare: position }, Math.min(accessLagMs, left));
  }

  async #look(): Promise<boolean> {
    this.#awaited ??= await this.#end();
    const awaited = this.#awaited;
    if (awaited === undefined) return performance.now() - this.#completeAt < accessLagMs;
    const left = awaited.since + accessLagMs - performance.now();
    if (!(await this.#reaches(awaited.position, Math.max(0, left)))) return false;
    this.#completeAt = awaited.since;
    this.#awaited = undefined;
    return true;
  }

  /** Where the log ends now; undefined when the event store does not say. */
  async #end(): Promise<{ readonly position: LogPosition; readonly since: number } | undefined> {
    const since = performance.now();
    try {
      const position = await this.store.head();
      return { position: position ?? { commit: -1n, prepare: -1n }, since };
    } catch (cause) {
      if (cause instanceof EventStoreUnavailable) return undefined;
      throw cause;
    }
  }

  async #reaches(position: LogPosition, timeoutMs: number): Promise<boolean> {
    const wait = { projections: ['access' as const], position, timeoutMs };
    if ((await this.readModels.watch.waitForPosition(wait)).kind === 'reached') return true;
    // The notifications may be what lags.
    const known = await checkpoints(await this.readModels.database());
    const reached = known.find(({ projection }) => projection === 'access')?.position;
    return reached !== undefined && isReached(position, reached);
  }
}
