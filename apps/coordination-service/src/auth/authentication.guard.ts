import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { unauthenticated } from '../api/errors.js';
import { topLevelOf } from '../api/top-level.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { purposeRefused } from './purpose.js';

/** Lets no GraphQL operation through without a valid token, or for a purpose that is not the asker's. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly refusals: RefusalLog) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const asked = topLevelOf(execution);
    if (asked === undefined) return true;
    const { kind, operation, context } = asked;
    const { authentication, purpose } = context;
    if ('fault' in authentication) throw unauthenticated(authentication.fault);
    if (authentication.expiresAt <= Date.now()) throw unauthenticated('EXPIRED');
    if (purpose === undefined) {
      await this.refusals.note(context, { kind, operation, code: 'PURPOSE_REFUSED', caseId: null });
      throw purposeRefused();
    }
    return true;
  }
}
