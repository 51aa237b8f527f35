import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import { mergeMap, type Observable } from 'rxjs';
import type { RequestContext } from '../api/request-context.js';
import { AccessFreshness } from '../freshness/access-freshness.js';
import { StepAccepted } from './step-payload.js';

/** A step that ends somebody's access is answered once lists know it too, or says after 2 seconds that they do not yet. */
@Injectable()
export class RevocationInterceptor implements NestInterceptor {
  constructor(private readonly access: AccessFreshness) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (execution.getType<GqlContextType>() !== 'graphql') return next.handle();
    const request = GqlExecutionContext.create(execution);
    const { operation, path } = request.getInfo<GraphQLResolveInfo>();
    const { deadline } = request.getContext<RequestContext>();
    if (operation.operation !== OperationTypeNode.MUTATION || path.prev !== undefined) return next.handle();
    return next.handle().pipe(
      mergeMap(async (payload): Promise<unknown> => {
        if (!isRevoking(payload) || (await this.isApplied(payload, deadline))) return payload;
        return Object.assign(payload, { effective: 'PENDING' as const });
      }),
    );
  }

  /** The step stands whatever the read models are doing: when they cannot be asked, it is pending. */
  private isApplied({ position }: StepAccepted, deadline: number | undefined): Promise<boolean> {
    return this.access.holds(position, deadline).catch(() => false);
  }
}

const isRevoking = (payload: unknown): payload is StepAccepted =>
  typeof payload === 'object' && payload !== null && 'revoking' in payload && payload.revoking === true;
