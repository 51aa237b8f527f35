import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { purposeRefused } from './purpose.js';

/** Lets no GraphQL operation through without a valid token, or for a purpose that is not the asker's. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<GqlContextType>() !== 'graphql') return true;
    const { authentication, purpose } = GqlExecutionContext.create(execution).getContext<RequestContext>();
    if ('fault' in authentication) throw unauthenticated(authentication.fault);
    if (authentication.expiresAt <= Date.now()) throw unauthenticated('EXPIRED');
    if (purpose === undefined) throw purposeRefused();
    return true;
  }
}
