import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { refusalCodes } from '@spil/domain';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { RefusalLog } from '../audit/refusal-log.js';
import { ServiceMetrics } from '../operations/metrics.js';
import { ApiError, type ApiErrorCode } from './errors.js';
import { fieldsOf, isFields, topLevelOf, type TopLevel } from './top-level.js';

/** Errors by which something is refused, rather than not understood or not there. */
const refusingCodes: readonly ApiErrorCode[] = ['FORBIDDEN', 'PURPOSE_REFUSED', 'RATE_LIMITED'];

/**
 * Notes what is refused at the top of a request: commands by the domain's refusal codes, which are answers and not errors; things that
 * are not for the role; and what was asked for by id and is not shown, be it because there is none.
 */
@Injectable()
export class NoteRefusalsInterceptor implements NestInterceptor {
  constructor(
    private readonly metrics: ServiceMetrics,
    private readonly log: RefusalLog,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const asked = topLevelOf(execution);
    if (asked === undefined) return next.handle();
    const { kind, operation, context } = asked;
    const caseId = caseIn(asked);
    const isCommand = kind === 'COMMAND';
    const note = (code: string): Promise<void> => this.log.note(context, { kind, operation, code, caseId });
    return next.handle().pipe(
      mergeMap(async (answer) => {
        const refused = isCommand ? refusalIn(answer) : undefined;
        if (refused !== undefined) this.metrics.refused(refused);
        const code = refused ?? (!isCommand && answer === null ? 'NOT_FOUND' : undefined);
        if (code !== undefined) await note(code);
        return answer;
      }),
      catchError(async (thrown: unknown) => {
        if (thrown instanceof ApiError && refusingCodes.includes(thrown.code)) await note(thrown.code);
        throw thrown;
      }),
    );
  }
}

const refusalIn = (payload: unknown): string | undefined =>
  isFields(payload) ? refusalCodes.find((code) => code === payload.code) : undefined;

/** The case that a query or the input of a command names: its `caseId`, or the `id` of a query that answers with a case. */
function caseIn(asked: TopLevel): string | null {
  const named = fieldsOf(asked);
  const id = asked.answer === 'Case' ? named.id : named.caseId;
  return typeof id === 'string' && uuid.test(id) ? id : null;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
