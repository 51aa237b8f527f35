import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, professionalDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of ordering that name and contact details of someone who left the own organisation be destroyed. */
export interface EraseProfessionalInput {
  readonly professionalId: string;
}

export class EraseProfessional extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: EraseProfessionalInput,
  ) {
    super();
  }
}

/** The privacy officers who forget clients forget former colleagues; {@link ErasureExecution} does the rest. */
@CommandHandler(EraseProfessional)
export class EraseProfessionalHandler implements ICommandHandler<EraseProfessional> {
  constructor(
    private readonly desk: ReferenceDesk,
    private readonly erasures: ErasureDesk,
  ) {}

  async execute({ order, input }: EraseProfessional): Promise<StepResult> {
    const officer = await this.erasures.officer(order);
    if (isRefusal(officer)) return { kind: 'refused', refusal: officer };
    const { professionalId } = input;
    return this.desk.take(order, {
      category: 'professional',
      id: professionalId,
      decider: professionalDecider,
      payload: input,
      command: () => ({ type: 'OrderProfessionalErasure' as const, professionalId }),
    });
  }
}
