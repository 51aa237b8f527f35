import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, policyDecider, type Day, type ProgrammePolicy } from '@spil/domain';
import { References } from '../desk/references.js';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of setting the policy of a location from a day on (rule 4). */
export interface SetProgrammePolicyInput {
  readonly locationId: string;
  readonly from: Day;
  readonly policy: ProgrammePolicy;
}

export class SetProgrammePolicy extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: SetProgrammePolicyInput,
  ) {
    super();
  }
}

@CommandHandler(SetProgrammePolicy)
export class SetProgrammePolicyHandler implements ICommandHandler<SetProgrammePolicy> {
  constructor(
    private readonly desk: ReferenceDesk,
    private readonly references: References,
  ) {}

  execute({ order, input }: SetProgrammePolicy): Promise<StepResult> {
    const { locationId, from, policy } = input;
    return this.desk.change(order, {
      action: 'CHANGE_POLICY',
      category: 'policy',
      id: locationId,
      decider: policyDecider,
      payload: input,
      command: async () => {
        const location = await this.references.location(locationId);
        if (isRefusal(location)) return location;
        return { type: 'SetProgrammePolicy' as const, locationId, from, policy };
      },
    });
  }
}
