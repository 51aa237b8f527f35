import { Inject, Injectable } from '@nestjs/common';
import { createTokenVerifier, TokenRefused, type TokenVerifier } from '@spil/access';
import type { Authentication } from '../api/request-context.js';
import { CONFIG, type ServiceConfig } from '../config.js';

/** Finds out whose request it is. */
@Injectable()
export class Authenticator {
  private readonly verifier: TokenVerifier;

  constructor(@Inject(CONFIG) config: ServiceConfig) {
    this.verifier = createTokenVerifier(config.tokens);
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
      throw refused;
    }
  }
}
