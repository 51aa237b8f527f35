import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { professionalDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of recording that a professional is back. */
export interface ReactivateProfessionalInput {
  readonly professionalId: string;
}

export class ReactivateProfessional extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: ReactivateProfessionalInput,
  ) {
    super();
  }
}

@CommandHandler(ReactivateProfessional)
export class ReactivateProfessionalHandler implements ICommandHandler<ReactivateProfessional> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: ReactivateProfessional): Promise<StepResult> {
    const { professionalId } = input;
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      command: () => ({ type: 'ReactivateProfessional' as const, professionalId }),
    });
  }
}
