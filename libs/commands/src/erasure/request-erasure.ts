import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, type IdentityCheck } from '@spil/domain';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of taking in that a client wants to be forgotten (AVG art. 17). */
export interface RequestErasureInput {
  /** Any case of the client in which the organisation holds data; all of them are meant. */
  readonly caseId: string;
  readonly identityCheck: IdentityCheck;
}

export class RequestErasure extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RequestErasureInput,
  ) {
    super();
  }
}

@CommandHandler(RequestErasure)
export class RequestErasureHandler implements ICommandHandler<RequestErasure> {
  constructor(private readonly desk: ErasureDesk) {}

  execute({ order, input }: RequestErasure): Promise<StepResult> {
    const erasureId = this.desk.newId(order);
    return this.desk.decide(order, erasureId, input, async (officer) => {
      const held = await this.desk.heldCase(input.caseId, officer);
      if (isRefusal(held)) return held;
      const { clientId } = held;
      const { identityCheck } = input;
      return {
        type: 'RequestErasure',
        erasureId,
        clientId,
        ground: 'CLIENT_REQUEST',
        identityCheck,
        caseId: null,
      };
    });
  }
}
