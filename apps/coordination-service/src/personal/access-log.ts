import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { askerOf, recordDisclosures, type Disclosure } from '@spil/audit';
import { isDatabaseAway } from '@spil/postgres';
import type { Pool } from 'pg';
import { unavailable } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { PolicyRecord } from '../audit/policy-record.js';
import { principalOf, statedPurpose } from '../auth/current-principal.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { currentTrace } from '../operations/trace.js';

/** Writes down who gets to see what, before it is shown. */
@Injectable()
export class AccessLog {
  constructor(
    @Inject(AUDIT_POOL) private readonly pool: Pool,
    private readonly policies: PolicyRecord,
  ) {}

  /** Resolves once the rows are committed. @throws ApiError `UNAVAILABLE`: then nothing may be shown */
  async record(context: RequestContext, startedAt: Date, disclosures: readonly Disclosure[]): Promise<void> {
    const answer = {
      asker: askerOf(principalOf(context)),
      purpose: statedPurpose(context),
      traceId: context.traceId,
      spanId: randomBytes(8).toString('hex'),
      parentSpanId: currentTrace()?.parent?.spanId ?? null,
      startedAt,
    };
    try {
      const policyVersion = await this.policies.runningVersion();
      await recordDisclosures(this.pool, { ...answer, policyVersion }, disclosures);
    } catch (cause) {
      throw isDatabaseAway(cause) ? unavailable('AUDIT', cause) : cause;
    }
  }
}
