import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, professionalDecider } from '@spil/domain';
import { pendingSeal, type KeySubject } from '@spil/event-store';
import { References } from '../desk/references.js';
import type { ProfessionalDetailsInput } from './professional-details.js';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of adding a user (R 2.2). */
export interface RegisterProfessionalInput {
  /** A new one when left out. */
  readonly professionalId?: string | null;
  readonly organisationId: string;
  readonly locationId: string;
  /** Stored sealed under the professional's own key. */
  readonly details: ProfessionalDetailsInput;
}

export class RegisterProfessional extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterProfessionalInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterProfessional)
export class RegisterProfessionalHandler implements ICommandHandler<RegisterProfessional> {
  constructor(
    private readonly desk: ReferenceDesk,
    private readonly references: References,
  ) {}

  execute({ order, input }: RegisterProfessional): Promise<StepResult> {
    const { organisationId, locationId, details } = input;
    const professionalId = this.desk.idFor(order, input.professionalId, 'professional');
    const subject: KeySubject = { kind: 'PROFESSIONAL', professionalId };
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      subject,
      command: async () => {
        const position = await this.references.position(organisationId, locationId);
        if (isRefusal(position)) return position;
        return {
          type: 'RegisterProfessional' as const,
          professionalId,
          ...position,
          details: pendingSeal({ ...details }, subject),
        };
      },
    });
  }
}
