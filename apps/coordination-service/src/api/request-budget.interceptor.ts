import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { throwError, timeout, type Observable } from 'rxjs';
import { requestBudgetMs } from '../operations/trace.js';
import { unavailable } from './errors.js';
import type { RequestContext } from './request-context.js';

/**
 * Answers `UNAVAILABLE` when a resolver has not finished by the request's deadline, whatever it is waiting for. The
 * outcome of a mutation is then unknown: it is repeated with the same command id. A subscription stays open, so each of its
 * resolvers has the time of a whole request.
 */
@Injectable()
export class RequestBudgetInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType<GqlContextType>() !== 'graphql') return next.handle();
    const { deadline } = GqlExecutionContext.create(execution).getContext<RequestContext>();
    return next.handle().pipe(
      timeout({
        each: deadline === undefined ? requestBudgetMs : Math.max(1, deadline - Date.now()),
        with: () => throwError(() => unavailable(undefined)),
      }),
    );
  }
}
