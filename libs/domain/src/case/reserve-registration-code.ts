import type { Decider, Instant } from '../shared/decider.js';
import { refuse } from '../shared/refusal.js';

/** On the stream `registrationcode-<code>`, written before the case registers: a code is unique for ever (rule 1). */
export interface RegistrationCodeReserved {
  readonly type: 'RegistrationCodeReserved';
  readonly registrationCode: string;
  readonly caseId: string;
  readonly occurredAt: Instant;
}

/** Reserve a code for a case; reserving it again for the same case changes nothing. */
export interface ReserveRegistrationCode {
  readonly type: 'ReserveRegistrationCode';
  readonly registrationCode: string;
  readonly caseId: string;
}

/** Which case holds the code; null while nobody does. */
export interface RegistrationCodeState {
  readonly caseId: string | null;
}

export const registrationCodeDecider: Decider<
  RegistrationCodeState,
  ReserveRegistrationCode,
  RegistrationCodeReserved
> = {
  initialState: { caseId: null },
  decide: (command, state, context) => {
    if (state.caseId === command.caseId) return [];
    if (state.caseId !== null) return refuse('REGISTRATION_CODE_TAKEN', { rule: 'rule 1' });
    return [
      {
        type: 'RegistrationCodeReserved',
        registrationCode: command.registrationCode,
        caseId: command.caseId,
        occurredAt: context.occurredAt,
      },
    ];
  },
  evolve: (_state, event) => ({ caseId: event.caseId }),
};
