import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isOfOrganisation, may } from '@spil/access';
import { organisationDecider, refuse } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

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
  constructor(private readonly desk: ReferenceDesk) {}

  async execute({ order, input }: SetRetentionTerm): Promise<StepResult> {
    const { principal } = order;
    if (!isOfOrganisation(principal) || !may(principal, 'FORGET_CLIENTS'))
      return { kind: 'refused', refusal: refuse('NOT_ALLOWED') };
    const { organisationId } = principal;
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
