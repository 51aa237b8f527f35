import { Inject, Injectable } from '@nestjs/common';
import { reviewMonths } from '@spil/audit';
import { KeyStore, type EventStore, type Position } from '@spil/event-store';
import { checkpoints, type Checkpoint } from '@spil/read-model';
import type { Pool } from 'pg';
import { ReadModels } from '../infrastructure/read-models.js';
import { AUDIT_POOL, EVENT_STORE, KEYS_POOL } from '../infrastructure/tokens.js';
import { LOGGER, type Logger } from './logger.js';
import { ServiceMetrics } from './metrics.js';

/** Milliseconds that a look at one dependency may take. */
const patienceMs = 2_000;

export interface ProjectionLag {
  readonly projection: string;
  /** Age of the oldest event that the read model has not taken in; 0 when it has them all. */
  readonly lagSeconds: number;
  /** It stopped and waits for people. */
  readonly stopped: boolean;
}

/** Looks whether everything that the service depends on is there. */
@Injectable()
export class Dependencies {
  /** What did not answer at the last look. */
  private readonly silent = new Set<string>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEYS_POOL) private readonly keys: Pool,
    @Inject(AUDIT_POOL) private readonly audit: Pool,
    private readonly keyStore: KeyStore,
    private readonly readModels: ReadModels,
    private readonly metrics: ServiceMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Brings the metrics up to date. What cannot be told, for a dependency went in the middle of it, is told not to be known. */
  async measure(): Promise<void> {
    const [store, database, , audit] = await Promise.all([
      this.eventStoreIsUp(),
      this.readDatabaseIsUp(),
      this.keysAreUp(),
      this.auditIsUp(),
    ]);
    const [lags, reviews] = await Promise.all([
      store && database && this.answers('lag of the read models', () => this.projectionLags()),
      audit && this.answers('overdue reviews', () => this.lookForOverdueReviews()),
    ]);
    if (!lags) this.metrics.projectionLagsUnknown();
    if (!reviews) this.metrics.accessReviewsOverdue(Number.NaN);
  }

  eventStoreIsUp(): Promise<boolean> {
    return this.isUp('event_store', () => this.store.head());
  }

  /** And what a restored backup brought back was destroyed again. */
  keysAreUp(): Promise<boolean> {
    return this.isUp('keys', async () => {
      await this.keyStore.ready();
      await this.keys.query('SELECT 1');
    });
  }

  auditIsUp(): Promise<boolean> {
    return this.isUp('audit', () => this.audit.query('SELECT 1'));
  }

  readDatabaseIsUp(): Promise<boolean> {
    return this.isUp('read_database', async () => (await this.readModels.database()).query('SELECT 1'));
  }

  private async lookForOverdueReviews(): Promise<void> {
    const months = await reviewMonths(this.audit);
    this.metrics.accessReviewsOverdue(months.filter(({ overdue }) => overdue).length);
  }

  /** How far each read model is behind the log. @throws what the event store and the database throw when they are away */
  async projectionLags(): Promise<ProjectionLag[]> {
    const [head, known] = await Promise.all([
      this.store.head(),
      this.readModels.database().then((database) => checkpoints(database)),
    ]);
    const lags = await Promise.all(
      known.map(async (checkpoint) => ({
        projection: checkpoint.projection,
        lagSeconds: isBehind(checkpoint, head) ? await this.ageOfNext(checkpoint) : 0,
        stopped: checkpoint.stoppedBecause !== null,
      })),
    );
    for (const { projection, lagSeconds } of lags) this.metrics.projectionLag(projection, lagSeconds);
    return lags;
  }

  private async ageOfNext({ position }: Checkpoint): Promise<number> {
    for await (const next of this.store.readAll({ ...(position && { after: position }), maxCount: 1 }))
      return Math.max(0, (Date.now() - next.storedAt.getTime()) / 1000);
    return 0;
  }

  private async isUp(dependency: string, look: () => Promise<unknown>): Promise<boolean> {
    const up = await this.answers(dependency, look);
    this.metrics.dependencyUp(dependency, up);
    return up;
  }

  /** Whether a look ends well, and soon; why it does not is logged when it no longer does. */
  private async answers(what: string, look: () => Promise<unknown>): Promise<boolean> {
    const tired = new Promise<never>((_, reject) =>
      setTimeout(reject, patienceMs, new Error(`no answer within ${patienceMs} ms`)).unref(),
    );
    try {
      await Promise.race([look(), tired]);
      this.silent.delete(what);
      return true;
    } catch (cause) {
      if (!this.silent.has(what)) this.logger.warn({ dependency: what, err: cause }, 'a look at it failed');
      this.silent.add(what);
      return false;
    }
  }
}

const isBehind = ({ position }: Checkpoint, head: Position | undefined): boolean =>
  head !== undefined &&
  (position === undefined ||
    position.commit < head.commit ||
    (position.commit === head.commit && position.prepare < head.prepare));
