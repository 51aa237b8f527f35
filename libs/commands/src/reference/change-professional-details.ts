import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { professionalDecider } from '@spil/domain';
import { pendingSeal, type KeySubject } from '@spil/event-store';
import type { ProfessionalDetailsInput } from './professional-details.js';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of replacing name and contact details; the whole new value is given. */
export interface ChangeProfessionalDetailsInput {
  readonly professionalId: string;
  /** Stored sealed under the professional's own key. */
  readonly details: ProfessionalDetailsInput;
}

export class ChangeProfessionalDetails extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: ChangeProfessionalDetailsInput,
  ) {
    super();
  }
}

@CommandHandler(ChangeProfessionalDetails)
export class ChangeProfessionalDetailsHandler implements ICommandHandler<ChangeProfessionalDetails> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: ChangeProfessionalDetails): Promise<StepResult> {
    const { professionalId, details } = input;
    const subject: KeySubject = { kind: 'PROFESSIONAL', professionalId };
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      subject,
      command: () => ({
        type: 'ChangeProfessionalDetails' as const,
        professionalId,
        details: pendingSeal({ ...details }, subject),
      }),
    });
  }
}
