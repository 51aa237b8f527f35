import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, refuse } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of ordering that a client's data be destroyed. */
export interface OrderErasureInput {
  readonly erasureId: string;
}

export class OrderErasure extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: OrderErasureInput,
  ) {
    super();
  }
}

/** Makes the legal check on the cases as they stand, and orders what nothing stands against; {@link ErasureExecution} does the rest. */
@CommandHandler(OrderErasure)
export class OrderErasureHandler implements ICommandHandler<OrderErasure> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: OrderErasure): Promise<StepResult> {
    const { erasureId } = input;
    return this.desk.decide(order, erasureId, input, async (officer, state) => {
      if (state.status === 'NOT_REQUESTED') return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
      const retention = await this.desk.retentionOf(officer.organisationId);
      if (isRefusal(retention)) return retention;
      return { type: 'OrderErasure', erasureId, ...(await this.desk.casesOf(state, officer)), retention };
    });
  }
}
