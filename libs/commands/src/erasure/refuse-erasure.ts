import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ErasureRefusalGround } from '@spil/domain';
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

@CommandHandler(RefuseErasure)
export class RefuseErasureHandler implements ICommandHandler<RefuseErasure> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: RefuseErasure): Promise<StepResult> {
    const { erasureId, ground } = input;
    return this.desk.decide(order, erasureId, input, () =>
      Promise.resolve({ type: 'RefuseErasure', erasureId, ground }),
    );
  }
}
