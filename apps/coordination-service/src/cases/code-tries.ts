import { Inject, Injectable } from '@nestjs/common';
import { giveCodeTryBack, takeCodeTry } from '@spil/audit';
import { isDatabaseAway } from '@spil/postgres';
import type { Pool } from 'pg';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { RateLimit } from './rate-limit.js';

/** Tries per professional and minute; more than people need, too few to find one of 500 billion codes. */
export const codeTriesPerMinute = 30;

/** Milliseconds for which a step waits for the count of all processes. */
const patienceMs = 250;

/**
 * How often each professional may try a registration code, whichever query or step it is tried with and whichever process of the
 * service answers. While the audit database, which counts for all of them, is away or slow, each process goes by its own count: people
 * link registrations all the same, and nobody who guesses can bring that about.
 */
@Injectable()
export class CodeTries {
  private readonly own = new RateLimit(codeTriesPerMinute);

  constructor(
    @Inject(AUDIT_POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether this try may go on. */
  async take(professionalId: string): Promise<boolean> {
    if (!this.own.take(professionalId)) return false;
    return (await this.counted(takeCodeTry(this.pool, professionalId, codeTriesPerMinute))) ?? true;
  }

  /** Takes back a try that should not count. */
  async giveBack(professionalId: string): Promise<void> {
    this.own.giveBack(professionalId);
    await this.counted(giveCodeTryBack(this.pool, professionalId, codeTriesPerMinute));
  }

  /** Undefined when the count of all processes cannot be had in time. */
  private async counted<Count>(count: Promise<Count>): Promise<Count | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tired = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const known = count.catch((cause: unknown) => {
      if (!isDatabaseAway(cause)) throw cause;
      this.logger.warn({ err: cause }, 'tries of registration codes are counted in this process alone');
      return undefined;
    });
    // It may fail when nobody waits for it any more.
    known.catch((cause: unknown) => this.logger.error({ err: cause }, 'tries of codes cannot be counted'));
    return Promise.race([known, tired]).finally(() => clearTimeout(timer));
  }
}
