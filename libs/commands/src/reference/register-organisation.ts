import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { organisationDecider, type OrganisationKind } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of adding an organisation. */
export interface RegisterOrganisationInput {
  /** A new one when left out. */
  readonly organisationId?: string | null;
  readonly name: string;
  readonly organisationKind: OrganisationKind;
}

export class RegisterOrganisation extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterOrganisationInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterOrganisation)
export class RegisterOrganisationHandler implements ICommandHandler<RegisterOrganisation> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: RegisterOrganisation): Promise<StepResult> {
    const { name, organisationKind } = input;
    const organisationId = this.desk.idFor(order, input.organisationId, 'organisation');
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'organisation',
      id: organisationId,
      decider: organisationDecider,
      payload: input,
      command: () => ({ type: 'RegisterOrganisation' as const, organisationId, name, organisationKind }),
    });
  }
}
