import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  createTokenVerifier,
  IssuerUnavailable,
  TokenRefused,
  type KeysFetched,
  type TokenVerifier,
} from '@spil/access';
import type { Authentication } from '../api/request-context.js';
import { CONFIG, type ServiceConfig } from '../config.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { ServiceMetrics } from '../operations/metrics.js';

/** Finds out whose request it is. */
@Injectable()
export class Authenticator implements OnApplicationBootstrap {
  private readonly verifier: TokenVerifier;

  constructor(
    @Inject(CONFIG) config: ServiceConfig,
    private readonly metrics: ServiceMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.verifier = createTokenVerifier(config.issuers, { onFetched: (what) => this.tell(what) });
  }

  /** Keys are fetched ahead of the first request; a provider that is away holds the start up for seconds, and no longer. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.verifier.prepare();
    } catch (error) {
      this.logger.error({ err: error }, 'keys of token issuers cannot be prepared');
    }
  }

  /** Reads the bearer token of an `Authorization` header or of the same parameter of a socket. */
  async authenticate(authorization: unknown): Promise<Authentication> {
    const token =
      typeof authorization === 'string' ? /^Bearer ([\w.-]{1,8192})$/i.exec(authorization)?.[1] : undefined;
    if (token === undefined) return { fault: authorization === undefined ? 'MISSING' : 'FORGED' };
    try {
      return await this.verifier.verify(token);
    } catch (refused) {
      if (refused instanceof TokenRefused) return { fault: refused.fault };
      if (refused instanceof IssuerUnavailable) return { fault: 'ISSUER_UNAVAILABLE' };
      throw refused;
    }
  }

  private tell(fetched: KeysFetched): void {
    this.metrics.issuerKeysFetched(fetched.issuer, fetched.ok);
    if (fetched.ok) this.logger.info({ issuer: fetched.issuer }, 'keys of a token issuer were fetched');
    else
      this.logger.warn(
        { issuer: fetched.issuer, reason: fetched.reason },
        'keys of a token issuer cannot be fetched',
      );
  }
}
