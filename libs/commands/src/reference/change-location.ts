import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { locationDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of replacing what is known of a location. */
export interface ChangeLocationInput {
  readonly locationId: string;
  readonly name: string;
  /** CBS municipality codes; Walcheren covers several. */
  readonly municipalities: readonly string[];
  /** One of the 11 arrondissementen (P 8). */
  readonly arrondissement: string;
}

export class ChangeLocation extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: ChangeLocationInput,
  ) {
    super();
  }
}

@CommandHandler(ChangeLocation)
export class ChangeLocationHandler implements ICommandHandler<ChangeLocation> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: ChangeLocation): Promise<StepResult> {
    const { locationId, name, municipalities, arrondissement } = input;
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'location',
      id: locationId,
      decider: locationDecider,
      payload: input,
      command: () => ({
        type: 'ChangeLocation' as const,
        locationId,
        facts: { name, municipalities, arrondissement },
      }),
    });
  }
}
