import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  isRefusal,
  parseRegistrationCode,
  registrationCodeDecider,
  registrationCodeFrom,
  type Refusal,
} from '@spil/domain';
import { DecisionRunner, derivedId } from '@spil/event-store';
import type { StepSession } from './step-session.js';

const streamOf = (code: string): string => `registrationcode-${code}`;

const codeFor = (caseId: string, attempt: number): string =>
  registrationCodeFrom(createHash('sha256').update(`registration code ${caseId} ${attempt}`).digest());

/** Reserves registration codes and finds the case behind one (rule 1). */
@Injectable()
export class RegistrationCodes {
  constructor(private readonly runner: DecisionRunner) {}

  /** The code that a case gets unless another case has it; reserves nothing. */
  firstFor(caseId: string): string {
    return codeFor(caseId, 0);
  }

  /**
   * The code of a case: the first free one of a sequence that follows from the case's id, so that a retry finds the code that
   * it reserved before, and a reservation without a case is completed by the retry.
   */
  async reserveFor(caseId: string, session: StepSession): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      const registrationCode = codeFor(caseId, attempt);
      const outcome = await this.runner.runDecision({
        stream: streamOf(registrationCode),
        decider: registrationCodeDecider,
        command: () => ({ type: 'ReserveRegistrationCode' as const, registrationCode, caseId }),
        subject: () => ({ kind: 'REFERENCE' }),
        payload: { registrationCode, caseId },
        context: session.context,
        commandId: session.run.commandId,
        principal: session.run.principal,
        correlationId: session.run.correlationId,
      });
      if (outcome.kind === 'accepted') return registrationCode;
    }
  }

  /**
   * The case that holds a code. Refuses a mistyped code only: one that nobody has leads to a case that nobody registered, so that
   * whoever asks goes the same way from there as with a code that may not be used.
   */
  async caseOf(input: string): Promise<string | Refusal> {
    const code = parseRegistrationCode(input);
    if (isRefusal(code)) return code;
    const { state } = await this.runner.loadState(streamOf(code), registrationCodeDecider);
    return state.caseId ?? derivedId('registration-code', code, 'nobody');
  }
}
