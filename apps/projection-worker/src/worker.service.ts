import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { connectEventStore, createCodec, type EventStore } from '@spil/event-store';
import { withConnection } from '@spil/postgres';
import { migrateReadModel, overdueEmergencyReviews } from '@spil/read-model';
import { eventStoreConnection, type WorkerConfig } from './config.js';
import { allProjections } from './projections.js';
import { keepProof, type KeptProof, type ProofEvent } from './proof/keep-proof.js';
import { proofGauges } from './proof/proof-gauges.js';
import { describe } from './runtime/generation-writer.js';
import { rebuildProjection } from './runtime/rebuild.js';
import { traceBatch } from './trace-batch.js';
import { runProjections, type RunEvent, type Running, type RunStatus } from './runtime/running.js';

/** What the worker says of itself: how it runs, and how far it is behind the log. */
export interface WorkerHealth extends RunStatus {
  readonly ready: boolean;
}

/** Runs the read models for as long as the application does. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly metrics = new Registry();
  readonly #log: Logger;
  readonly #codec = createCodec();
  readonly #store: EventStore;
  readonly #counters = countersOn(this.metrics);
  #running: Running | undefined;
  /** Undefined where no audit database is configured. */
  proof: KeptProof | undefined;

  constructor(private readonly config: WorkerConfig) {
    const { log, logLevel: level = 'warn' } = config;
    this.#log = pino({ name: 'projection-worker', level }, log ? { write: log } : pino.destination(1));
    this.#store = connectEventStore({
      ...eventStoreConnection(config),
      onError: (error) => this.#log.warn({ error: describe(error) }, 'event store'),
    });
    this.#gauges();
    proofGauges(this.metrics, () => this.proof?.status());
  }

  async onApplicationBootstrap(): Promise<void> {
    const { readOwnerDatabaseUrl: ownerUrl, readDatabaseUrl, serviceRole = 'spil_service' } = this.config;
    if (ownerUrl !== undefined)
      await migrateReadModel(ownerUrl, {
        worker: decodeURIComponent(new URL(readDatabaseUrl).username),
        service: serviceRole,
      });
    const { auditDatabaseUrl, proof } = this.config;
    if (auditDatabaseUrl !== undefined)
      this.proof = keepProof({
        store: this.#store,
        url: auditDatabaseUrl,
        key: proof?.key,
        checkpointSeconds: proof?.checkpointSeconds ?? 60,
        witnesses: proof?.witnesses ?? [],
        onEvent: (event) => this.#tellOfProof(event),
      });
    this.#running = runProjections({
      store: this.#store,
      codec: this.#codec,
      url: readDatabaseUrl,
      projections: allProjections,
      onEvent: (event) => this.#tell(event),
      ...(ownerUrl !== undefined && {
        rebuild: async (projection) => {
          const rebuilt = await rebuildProjection(projection, {
            store: this.#store,
            codec: this.#codec,
            ownerUrl,
          });
          this.#log.info({ projection: projection.name, ...rebuilt }, 'rebuilt for a new version');
        },
      }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#running?.stop(), this.proof?.stop()]);
    await this.#store.close();
  }

  /** Ready: every read model runs, here or (standby) in the worker that leads. */
  health(): WorkerHealth {
    const status: RunStatus = this.#running?.status() ?? {
      role: 'starting',
      caughtUp: false,
      projections: [],
    };
    const ready =
      status.role === 'standby' ||
      (status.role === 'leading' &&
        status.projections.every(({ stoppedBecause }) => stoppedBecause === undefined));
    return { ...status, ready };
  }

  #tell(event: RunEvent): void {
    switch (event.kind) {
      case 'batch':
        this.#counters.events.inc(event.deliveries.length);
        this.#counters.batches.observe(event.seconds);
        traceBatch(event);
        return;
      case 'dropped':
        this.#counters.drops.inc();
        this.#log.warn({ cause: event.cause }, 'subscription dropped, resubscribing');
        return;
      case 'failed':
        this.#counters.failures.inc();
        this.#log.warn({ cause: event.cause }, 'projections failed, trying again');
        return;
      case 'stopped':
        this.#log.error({ projection: event.projection, because: event.because }, 'read model stopped');
        return;
      case 'leading':
      case 'standby':
      case 'caughtUp':
        this.#log.info(event.kind);
    }
  }

  async #overdueReviews(): Promise<number> {
    const connection = {
      connectionString: this.config.readDatabaseUrl,
      application_name: 'spil-metrics',
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
    };
    try {
      return await withConnection(connection, overdueEmergencyReviews);
    } catch (cause) {
      this.#log.warn({ cause: describe(cause) }, 'overdue reviews cannot be counted');
      return Number.NaN;
    }
  }

  /** Undefined while the event store does not answer. */
  async #endOfLog(): Promise<bigint | undefined> {
    try {
      return (await this.#store.head())?.commit ?? 0n;
    } catch (cause) {
      this.#log.warn({ cause: describe(cause) }, 'the end of the log is not known');
      return undefined;
    }
  }

  #tellOfProof({ kind, ...what }: ProofEvent): void {
    if (kind === 'refused') this.#log.error(what, 'no checkpoint is signed');
    else this.#log.warn(what, kind === 'witness' ? 'a witness did not cosign' : `proof: ${kind}`);
  }

  #gauges(): void {
    const registers = [this.metrics];
    const status = (): RunStatus['projections'] => this.health().projections;
    const role = (): RunStatus['role'] => this.health().role;
    const end = (): Promise<bigint | undefined> => this.#endOfLog();
    new Gauge({
      name: 'spil_projection_leading',
      help: 'Whether this worker writes the read models',
      registers,
      collect() {
        this.set(role() === 'leading' ? 1 : 0);
      },
    });
    new Gauge({
      name: 'spil_projection_parked_streams',
      help: 'Streams that a read model could not take in',
      labelNames: ['projection'],
      registers,
      collect() {
        for (const { projection, parked } of status()) this.set({ projection }, parked);
      },
    });
    new Gauge({
      name: 'spil_projection_stopped',
      help: 'Whether a read model stands still',
      labelNames: ['projection'],
      registers,
      collect() {
        for (const { projection, stoppedBecause } of status())
          this.set({ projection }, stoppedBecause === undefined ? 0 : 1);
      },
    });
    const overdue = (): Promise<number> => this.#overdueReviews();
    new Gauge({
      name: 'spil_emergency_reviews_overdue',
      help: 'Emergency accesses to cases that nobody reviewed in time; NaN when the database does not say',
      registers,
      async collect() {
        this.set(await overdue());
      },
    });
    new Gauge({
      name: 'spil_projection_lag_positions',
      help: 'Distance between the end of the log and what a read model holds, in log positions; NaN when the store does not say',
      labelNames: ['projection'],
      registers,
      async collect() {
        const reached = await end();
        for (const { projection, position } of status()) {
          const lag = reached === undefined ? Number.NaN : Number(reached - (position?.commit ?? 0n));
          this.set({ projection }, Math.max(0, lag));
        }
      },
    });
  }
}

interface Counters {
  readonly events: Counter;
  readonly batches: Histogram;
  readonly drops: Counter;
  readonly failures: Counter;
}

const countersOn = (registry: Registry): Counters => {
  const registers = [registry];
  return {
    events: new Counter({ name: 'spil_projection_events_total', help: 'Events taken in', registers }),
    batches: new Histogram({
      name: 'spil_projection_batch_seconds',
      help: 'Time to fold and write one batch: rows, contributions and checkpoints',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    drops: new Counter({ name: 'spil_projection_drops_total', help: 'Subscriptions that ended', registers }),
    failures: new Counter({
      name: 'spil_projection_failures_total',
      help: 'Times that the read models had to be taken up again',
      registers,
    }),
  };
};
