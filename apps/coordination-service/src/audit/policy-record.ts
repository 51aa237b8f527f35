import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  openFormerPolicy,
  policyEngine,
  policyVersion,
  shippedPolicy,
  type PolicyEngine,
} from '@spil/access';
import { policyOn, recordPolicyUse, type PolicyUse } from '@spil/audit';
import type { Pool } from 'pg';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { LOGGER, type Logger } from '../operations/logger.js';

/** A text that decided at a moment, ready to be asked. */
export interface PolicyInForce extends PolicyUse {
  readonly engine: PolicyEngine;
}

/** Keeps which policy text decides from when on, and finds the one that decided at a moment. */
@Injectable()
export class PolicyRecord implements OnApplicationBootstrap {
  private readonly use: PolicyUse;
  private recorded: Promise<void> | undefined;
  private readonly former = new Map<string, PolicyEngine>();

  constructor(
    @Inject(AUDIT_POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const text = shippedPolicy();
    this.use = { ...text, version: policyVersion(text), inForceFrom: new Date() };
  }

  /** Written down at the start where that can be; else before the first row of the access log names it. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.runningVersion();
    } catch (cause) {
      this.logger.warn({ err: cause }, 'the policy text in force is not written down yet');
    }
  }

  /** The version of the text that decides here, once it is written down. @throws what Postgres throws */
  async runningVersion(): Promise<string> {
    this.recorded ??= recordPolicyUse(this.pool, this.use).catch((cause: unknown) => {
      this.recorded = undefined;
      throw cause;
    });
    await this.recorded;
    return this.use.version;
  }

  /** The text that decided at a moment, or the first that is known, if that came later. @throws what Postgres throws */
  async inForceOn(moment: Date): Promise<PolicyInForce> {
    const running = await this.runningVersion();
    const use = await policyOn(this.pool, moment);
    if (use === undefined) throw new Error('the policy text in force is written down, and not there');
    if (use.version === running) return { ...use, engine: policyEngine() };
    const engine = this.former.get(use.version) ?? openFormerPolicy(use);
    this.former.set(use.version, engine);
    return { ...use, engine };
  }
}
