import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of erasing the own data of one case because the time for which they are kept is over (AVG art. 5(1)(e)). */
export interface EraseAfterRetentionInput {
  readonly caseId: string;
}

export class EraseAfterRetention extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: EraseAfterRetentionInput,
  ) {
    super();
  }
}

/** A privacy officer confirms one case of the list; nothing is ever erased by itself. */
@CommandHandler(EraseAfterRetention)
export class EraseAfterRetentionHandler implements ICommandHandler<EraseAfterRetention> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: EraseAfterRetention): Promise<StepResult> {
    const erasureId = this.desk.newId(order);
    return this.desk.decide(order, erasureId, input, async (officer) => {
      const held = await this.desk.heldCase(input.caseId, officer);
      if (isRefusal(held)) return held;
      const retention = await this.desk.retentionOf(officer.organisationId);
      if (isRefusal(retention)) return retention;
      return { type: 'EraseAfterRetention', erasureId, ...held, retention };
    });
  }
}
