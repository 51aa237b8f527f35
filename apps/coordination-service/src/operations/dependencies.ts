import { Inject, Injectable } from '@nestjs/common';
import { reviewMonths } from '@spil/audit';
import { KeyStore, type EventStore, type Position } from '@spil/event-store';
import { checkpoints, type Checkpoint } from '@spil/read-model';
import type { Pool } from 'pg';
import { ReadModels } from '../infrastructure/read-models.js';
import { AUDIT_POOL, EVENT_STORE, KEYS_POOL } from '../infrastructure/tokens.js';
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
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEYS_POOL) private readonly keys: Pool,
    @Inject(AUDIT_POOL) private readonly audit: Pool,
    private readonly keyStore: KeyStore,
    private readonly readModels: ReadModels,
    private readonly metrics: ServiceMetrics,
  ) {}

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

  /** @throws what Postgres throws when the audit database is away */
  async lookForOverdueReviews(): Promise<void> {
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
    const tired = new Promise<'tired'>((resolve) => setTimeout(resolve, patienceMs, 'tired').unref());
    const looked = look().then(
      () => true,
      () => false,
    );
    const up = (await Promise.race([looked, tired])) === true;
    this.metrics.dependencyUp(dependency, up);
    return up;
  }
}

const isBehind = ({ position }: Checkpoint, head: Position | undefined): boolean =>
  head !== undefined &&
  (position === undefined ||
    position.commit < head.commit ||
    (position.commit === head.commit && position.prepare < head.prepare));
