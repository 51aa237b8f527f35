import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { throwError, timeout, type Observable } from 'rxjs';
import { unavailable } from './errors.js';
import type { RequestContext } from './request-context.js';

/**
 * Answers `UNAVAILABLE` when a resolver has not finished by the request's deadline, whatever it is waiting for. The
 * outcome of a mutation is then unknown: it is repeated with the same command id.
 */
@Injectable()
export class RequestBudgetInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType<GqlContextType>() !== 'graphql') return next.handle();
    const { deadline } = GqlExecutionContext.create(execution).getContext<RequestContext>();
    if (deadline === undefined) return next.handle();
    return next.handle().pipe(
      timeout({
        each: Math.max(1, deadline - Date.now()),
        with: () => throwError(() => unavailable(undefined)),
      }),
    );
  }
}
