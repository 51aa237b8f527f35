import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { isRefusal, parseRegistrationCode, type RefusalCode } from '@spil/domain';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { tooManyCodes } from '../api/errors.js';
import { fieldsOf, isFields, topLevelOf, type TopLevel } from '../api/top-level.js';
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

  async intercept(execution: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const asked = topLevelOf(execution);
    if (asked?.kind !== 'COMMAND') return next.handle();
    const { authentication } = asked.context;
    const who = 'fault' in authentication ? undefined : authentication.principal.professionalId;
    if (who === undefined || !triesCode(asked)) return next.handle();
    if (!(await this.tries.take(who))) throw tooManyCodes();
    return next.handle().pipe(
      mergeMap(async (answer) => {
        if (!isGuess(answer)) await this.tries.giveBack(who);
        return answer;
      }),
      catchError(async (thrown: unknown) => {
        await this.tries.giveBack(who);
        throw thrown;
      }),
    );
  }
}

const triesCode = (asked: TopLevel): boolean => {
  const { registrationCode } = fieldsOf(asked);
  return typeof registrationCode === 'string' && !isRefusal(parseRegistrationCode(registrationCode));
};

const isGuess = (answer: unknown): boolean =>
  isFields(answer) && guessed.some((code) => code === answer.code);
