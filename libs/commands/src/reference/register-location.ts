import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { locationDecider } from '@spil/domain';
import { ReferenceDesk } from '../desk/reference-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of adding a place where help is given (R 1.2). */
export interface RegisterLocationInput {
  /** A new one when left out. */
  readonly locationId?: string | null;
  readonly name: string;
  /** CBS municipality codes; Walcheren covers several. */
  readonly municipalities: readonly string[];
  /** One of the 11 arrondissementen (P 8). */
  readonly arrondissement: string;
}

export class RegisterLocation extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterLocationInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterLocation)
export class RegisterLocationHandler implements ICommandHandler<RegisterLocation> {
  constructor(private readonly desk: ReferenceDesk) {}

  execute({ order, input }: RegisterLocation): Promise<StepResult> {
    const { name, municipalities, arrondissement } = input;
    const locationId = this.desk.idFor(order, input.locationId, 'location');
    return this.desk.change(order, {
      action: 'CHANGE_REFERENCE_DATA',
      category: 'location',
      id: locationId,
      decider: locationDecider,
      payload: input,
      command: () => ({
        type: 'RegisterLocation' as const,
        locationId,
        facts: { name, municipalities, arrondissement },
      }),
    });
  }
}
