import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { isRefusal, parseRegistrationCode, type RefusalCode } from '@spil/domain';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import { catchError, tap, throwError, type Observable } from 'rxjs';
import { tooManyCodes } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { CodeTries } from '../cases/code-tries.js';

/** How a step answers a registration code that nobody has, or that may not be used. */
const guessed: readonly RefusalCode[] = ['REGISTRATION_CODE_UNKNOWN', 'CASE_NOT_FOUND'];

/**
 * Keeps people from finding registration codes by taking steps with guessed ones. A try is spent before the step, so that many at once
 * do not slip through, and given back unless the step is answered as it is with a code that nobody has. A mistyped code, which its check
 * character betrays, is not looked up and spends none: whoever types in a hurry is not shut out.
 */
@Injectable()
export class CodeGuessesInterceptor implements NestInterceptor {
  constructor(private readonly tries: CodeTries) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (execution.getType<GqlContextType>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(execution);
    const { operation, path } = graphql.getInfo<GraphQLResolveInfo>();
    const { authentication } = graphql.getContext<RequestContext>();
    const who = 'fault' in authentication ? undefined : authentication.principal.professionalId;
    if (operation.operation !== OperationTypeNode.MUTATION || path.prev !== undefined) return next.handle();
    if (who === undefined || !triesCode(graphql.getArgs())) return next.handle();
    if (!this.tries.take(who)) throw tooManyCodes();
    return next.handle().pipe(
      tap((answer) => {
        if (!isGuess(answer)) this.tries.giveBack(who);
      }),
      catchError((thrown: unknown) => {
        this.tries.giveBack(who);
        return throwError(() => thrown);
      }),
    );
  }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const triesCode = ({ input }: { readonly input?: unknown }): boolean =>
  isFields(input) &&
  typeof input.registrationCode === 'string' &&
  !isRefusal(parseRegistrationCode(input.registrationCode));

const isGuess = (answer: unknown): boolean =>
  isFields(answer) && guessed.some((code) => code === answer.code);
