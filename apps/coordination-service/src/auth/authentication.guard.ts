import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { purposeRefused } from './purpose.js';

/** Lets no GraphQL operation through without a valid token, or for a purpose that is not the asker's. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly refusals: RefusalLog) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType<GqlContextType>() !== 'graphql') return true;
    const graphql = GqlExecutionContext.create(execution);
    const context = graphql.getContext<RequestContext>();
    const { authentication, purpose } = context;
    if ('fault' in authentication) throw unauthenticated(authentication.fault);
    if (authentication.expiresAt <= Date.now()) throw unauthenticated('EXPIRED');
    if (purpose === undefined) {
      const { operation, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
      const kind = operation.operation === OperationTypeNode.MUTATION ? 'COMMAND' : 'READ';
      await this.refusals.note(context, {
        kind,
        operation: fieldName,
        code: 'PURPOSE_REFUSED',
        caseId: null,
      });
      throw purposeRefused();
    }
    return true;
  }
}
