import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, lastsTooLong, refuse } from '@spil/domain';
import { CaseDesk } from '../desk/case-desk.js';
import { RegistrationCodes } from '../desk/registration-codes.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of opening a case in an emergency: named by its id, or by the registration code that someone has at hand. */
export interface TakeEmergencyAccessInput {
  readonly caseId?: string | null;
  readonly registrationCode?: string | null;
  /** Stored sealed. */
  readonly reason: string;
  /** How long; the longest when left out. */
  readonly minutes?: number | null;
}

export class TakeEmergencyAccess extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: TakeEmergencyAccessInput,
  ) {
    super();
  }
}

/** Only under the purpose `EMERGENCY`, so that nobody takes it unawares. */
@CommandHandler(TakeEmergencyAccess)
export class TakeEmergencyAccessHandler implements ICommandHandler<TakeEmergencyAccess> {
  constructor(
    private readonly desk: CaseDesk,
    private readonly codes: RegistrationCodes,
  ) {}

  async execute({ order, input }: TakeEmergencyAccess): Promise<StepResult> {
    if (order.purpose !== 'EMERGENCY')
      return { kind: 'refused', refusal: refuse('EMERGENCY_PURPOSE_NOT_STATED') };
    const minutes = input.minutes ?? null;
    // Before the case is looked up: a refusal that only an existing one gives would tell of it, and open nothing to be reviewed.
    const tooLong = lastsTooLong(minutes);
    if (tooLong) return { kind: 'refused', refusal: tooLong };
    const byCode =
      input.registrationCode == null ? undefined : await this.codes.caseOf(input.registrationCode);
    // A mistyped code is answered as a case that is not there, as one that nobody has is.
    const caseId = isRefusal(byCode) ? undefined : (byCode ?? input.caseId ?? undefined);
    if (caseId === undefined)
      return { kind: 'refused', refusal: refuse('CASE_NOT_FOUND', { field: 'caseId' }) };
    return this.desk.take(
      order,
      caseId,
      input,
      (step) => ({
        type: 'TakeEmergencyAccess',
        caseId,
        emergencyId: step.newId('emergency'),
        reason: step.sealValue(input.reason),
        minutes,
      }),
      'TAKE_EMERGENCY_ACCESS',
    );
  }
}
