import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { refusalCodes, type RefusalCode } from '@spil/domain';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import { tap, type Observable } from 'rxjs';
import { ServiceMetrics } from '../operations/metrics.js';

/** Counts the domain's refusals, which are answers and not errors, by their code. */
@Injectable()
export class CountRefusalsInterceptor implements NestInterceptor {
  constructor(private readonly metrics: ServiceMetrics) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (execution.getType<GqlContextType>() !== 'graphql') return next.handle();
    const { operation, path } = GqlExecutionContext.create(execution).getInfo<GraphQLResolveInfo>();
    if (operation.operation !== OperationTypeNode.MUTATION || path.prev !== undefined) return next.handle();
    return next.handle().pipe(
      tap((payload) => {
        const code = refusalIn(payload);
        if (code !== undefined) this.metrics.refused(code);
      }),
    );
  }
}

const refusalIn = (payload: unknown): RefusalCode | undefined =>
  typeof payload === 'object' && payload !== null && 'code' in payload
    ? refusalCodes.find((code) => code === payload.code)
    : undefined;
