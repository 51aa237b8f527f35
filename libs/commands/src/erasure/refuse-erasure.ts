import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refuse, type ErasureRefusalGround } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of turning a request to erase down. */
export interface RefuseErasureInput {
  readonly erasureId: string;
  readonly ground: ErasureRefusalGround;
}

export class RefuseErasure extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RefuseErasureInput,
  ) {
    super();
  }
}

/** Like an order, a refusal is about the cases on which the officer may decide; what it leaves is a colleague's. */
@CommandHandler(RefuseErasure)
export class RefuseErasureHandler implements ICommandHandler<RefuseErasure> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: RefuseErasure): Promise<StepResult> {
    const { erasureId, ground } = input;
    return this.desk.decide(order, erasureId, input, async (officer, state) => {
      if (state.status === 'NOT_REQUESTED') return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
      const { left } = await this.desk.casesOf(state, officer);
      return { type: 'RefuseErasure', erasureId, ground, left };
    });
  }
}
