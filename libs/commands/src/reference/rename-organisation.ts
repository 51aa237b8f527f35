import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { organisationDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of giving an organisation another name. */
export interface RenameOrganisationInput {
  readonly organisationId: string;
  readonly name: string;
}

export class RenameOrganisation extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RenameOrganisationInput,
  ) {
    super();
  }
}

@CommandHandler(RenameOrganisation)
export class RenameOrganisationHandler implements ICommandHandler<RenameOrganisation> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: RenameOrganisation): Promise<StepResult> {
    const { organisationId, name } = input;
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'organisation',
      id: organisationId,
      decider: organisationDecider,
      payload: input,
      command: () => ({ type: 'RenameOrganisation' as const, organisationId, name }),
    });
  }
}
