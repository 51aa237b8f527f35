import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk, nothingHeld } from './erasure-desk.js';

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
      const clientId = await this.desk.clientOf(input.caseId, officer);
      if (isRefusal(clientId)) return clientId;
      const retention = await this.desk.retentionOf(officer.organisationId);
      if (isRefusal(retention)) return retention;
      const { cases } = await this.desk.casesOf(clientId, officer);
      const erasable = cases.find(({ caseId }) => caseId === input.caseId);
      if (erasable === undefined) return nothingHeld();
      return { type: 'EraseAfterRetention', erasureId, clientId, erasable, retention };
    });
  }
}
