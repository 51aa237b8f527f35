import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { askerOf, recordRefusals, type RefusalFact } from '@spil/audit';
import type { Pool } from 'pg';
import type { RequestContext } from '../api/request-context.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { ServiceMetrics } from '../operations/metrics.js';

/** What was refused, as the one who refuses knows it. */
export type Refusal = Pick<RefusalFact, 'kind' | 'operation' | 'code' | 'caseId'>;

/** Refusals kept while the audit database is away; about an hour of a busy service. */
const capacity = 10_000;
const batchSize = 500;
/** Milliseconds until the next try, after one that failed. */
const retryMs = 1_000;
/** Milliseconds for which an answer waits for its refusal to be written down. */
const patienceMs = 250;

interface Waiting {
  readonly fact: RefusalFact;
  /** Lets the answer go. */
  readonly release: () => void;
}

/**
 * Writes down what was refused before it is answered, those of one moment in one commit. While the audit database is away or slow the
 * answer goes out all the same: a refusal must not fail, nor take much longer, because a log is away. What is not written yet then
 * waits in memory and is tried again; what no longer fits, or is left when the service ends, is counted as lost.
 */
@Injectable()
export class RefusalLog implements OnApplicationShutdown {
  private readonly waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  /** The last try failed. */
  private isAway = false;
  private stopping = false;

  constructor(
    @Inject(AUDIT_POOL) private readonly pool: Pool,
    private readonly metrics: ServiceMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Notes a refusal of a request; nothing of nobody. Never fails; resolves when the refusal may be answered. */
  async note(
    { authentication, traceId }: Pick<RequestContext, 'authentication' | 'traceId'>,
    refusal: Refusal,
  ): Promise<void> {
    if ('fault' in authentication) return;
    if (this.waiting.length >= capacity) {
      this.lose(1);
      return;
    }
    const asker = askerOf(authentication.principal);
    const fact = { ...refusal, asker, traceId, refusedAt: new Date() };
    const released = new Promise<void>((release) => {
      const timer = setTimeout(release, this.isAway ? 0 : patienceMs);
      this.waiting.push({
        fact,
        release: () => {
          clearTimeout(timer);
          release();
        },
      });
    });
    this.metrics.refusalsWaiting(this.waiting.length);
    this.writing ??= this.writeAll();
    await released;
  }

  /** Waits for what is being written; what a database that is away does not take is lost. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.writing;
    if (this.waiting.length > 0) this.lose(this.waiting.splice(0).length);
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting.slice(0, batchSize);
        try {
          await this.write(batch);
        } catch (error) {
          this.isAway = true;
          for (const { release } of this.waiting) release();
          this.logger.warn(
            { err: error, waiting: this.waiting.length },
            'refusals cannot be written down yet',
          );
          if (this.stopping) return;
          await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
        }
      }
    } finally {
      // In the same turn as the last look at what waits: what is noted a turn later must find nobody at work.
      this.writing = undefined;
    }
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    await recordRefusals(
      this.pool,
      batch.map(({ fact }) => fact),
    );
    this.isAway = false;
    this.waiting.splice(0, batch.length);
    this.metrics.refusalsWaiting(this.waiting.length);
    for (const { release } of batch) release();
  }

  private lose(count: number): void {
    this.metrics.refusalsLost(count);
    this.logger.error({ count }, 'refusals were not written down');
  }
}
