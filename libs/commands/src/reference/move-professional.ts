import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, professionalDecider } from '@spil/domain';
import { References } from '../desk/references.js';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of moving a professional to another organisation or location. */
export interface MoveProfessionalInput {
  readonly professionalId: string;
  readonly organisationId: string;
  readonly locationId: string;
}

export class MoveProfessional extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: MoveProfessionalInput,
  ) {
    super();
  }
}

@CommandHandler(MoveProfessional)
export class MoveProfessionalHandler implements ICommandHandler<MoveProfessional> {
  constructor(
    private readonly desk: ReferenceDesk,
    private readonly references: References,
  ) {}

  execute({ order, input }: MoveProfessional): Promise<StepResult> {
    const { professionalId, organisationId, locationId } = input;
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      command: async () => {
        const position = await this.references.position(organisationId, locationId);
        if (isRefusal(position)) return position;
        return { type: 'MoveProfessional' as const, professionalId, ...position };
      },
    });
  }
}
