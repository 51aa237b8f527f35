import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, organisationDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { ErasureDesk } from './erasure-desk.js';

/** Input of saying for how long the own organisation keeps the personal data of a closed case. */
export interface SetRetentionTermInput {
  /** Whole years after the closing. */
  readonly years: number;
  /** Law or professional rules forbid to erase earlier. */
  readonly duty: boolean;
}

export class SetRetentionTerm extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: SetRetentionTermInput,
  ) {
    super();
  }
}

@CommandHandler(SetRetentionTerm)
export class SetRetentionTermHandler implements ICommandHandler<SetRetentionTerm> {
  constructor(
    private readonly desk: ReferenceDesk,
    private readonly erasures: ErasureDesk,
  ) {}

  async execute({ order, input }: SetRetentionTerm): Promise<StepResult> {
    const officer = await this.erasures.officer(order);
    if (isRefusal(officer)) return { kind: 'refused', refusal: officer };
    const { organisationId } = officer.principal;
    const { years, duty } = input;
    return this.desk.take(order, {
      category: 'organisation',
      id: organisationId,
      decider: organisationDecider,
      payload: input,
      command: () => ({ type: 'SetRetentionTerm' as const, organisationId, term: { years, duty } }),
    });
  }
}
