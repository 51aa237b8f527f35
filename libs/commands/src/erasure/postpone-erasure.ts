import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Day, ErasurePostponed } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of letting a request to erase wait. */
export interface PostponeErasureInput {
  readonly erasureId: string;
  readonly ground: ErasurePostponed['ground'];
  readonly until: Day;
}

export class PostponeErasure extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: PostponeErasureInput,
  ) {
    super();
  }
}

@CommandHandler(PostponeErasure)
export class PostponeErasureHandler implements ICommandHandler<PostponeErasure> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: PostponeErasure): Promise<StepResult> {
    const { erasureId, ground, until } = input;
    return this.desk.decide(order, erasureId, input, () =>
      Promise.resolve({ type: 'PostponeErasure', erasureId, ground, until }),
    );
  }
}
