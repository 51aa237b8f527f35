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

/**
 * Writes down what was refused, behind the answer: a refusal must not fail, nor take longer, because a log is away. What cannot be
 * written waits and is tried again; what no longer fits, or is left when the service ends, is counted as lost.
 */
@Injectable()
export class RefusalLog implements OnApplicationShutdown {
  private readonly waiting: RefusalFact[] = [];
  private writing: Promise<void> | undefined;
  private stopping = false;

  constructor(
    @Inject(AUDIT_POOL) private readonly pool: Pool,
    private readonly metrics: ServiceMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Notes a refusal of a request; nothing of nobody. */
  note({ authentication, traceId }: RequestContext, refusal: Refusal): void {
    if ('fault' in authentication) return;
    if (this.waiting.length >= capacity) this.lose(1);
    else
      this.waiting.push({
        ...refusal,
        asker: askerOf(authentication.principal),
        traceId,
        refusedAt: new Date(),
      });
    this.metrics.refusalsWaiting(this.waiting.length);
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
  }

  /** Waits for what is being written; what a database that is away does not take is lost. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.writing;
    if (this.waiting.length > 0) this.lose(this.waiting.splice(0).length);
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, batchSize);
      try {
        await recordRefusals(this.pool, batch);
        this.waiting.splice(0, batch.length);
        this.metrics.refusalsWaiting(this.waiting.length);
      } catch (error) {
        this.logger.warn({ err: error, waiting: this.waiting.length }, 'refusals cannot be written down yet');
        if (this.stopping) return;
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
      }
    }
  }

  private lose(count: number): void {
    this.metrics.refusalsLost(count);
    this.logger.error({ count }, 'refusals were not written down');
  }
}
