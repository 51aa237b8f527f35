import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { professionalDecider, type ProfessionalDeactivated } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of recording that a professional left, or is absent for a while. */
export interface DeactivateProfessionalInput {
  readonly professionalId: string;
  readonly reason: ProfessionalDeactivated['reason'];
}

export class DeactivateProfessional extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: DeactivateProfessionalInput,
  ) {
    super();
  }
}

@CommandHandler(DeactivateProfessional)
export class DeactivateProfessionalHandler implements ICommandHandler<DeactivateProfessional> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: DeactivateProfessional): Promise<StepResult> {
    const { professionalId, reason } = input;
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      command: () => ({ type: 'DeactivateProfessional' as const, professionalId, reason }),
    });
  }
}
