import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseDesk } from '../desk/case-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { registrationOf, type NewRegistrationInput } from './registration.js';

/** Input of opening a case (R 2.3). */
export type RegisterCaseInput = NewRegistrationInput;

export class RegisterCase extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterCaseInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterCase)
export class RegisterCaseHandler implements ICommandHandler<RegisterCase> {
  constructor(private readonly desk: CaseDesk) {}

  execute({ order, input }: RegisterCase): Promise<StepResult> {
    return this.desk.open(order, input, ({ caseId, registrationCode, clientId, step }) => ({
      type: 'RegisterCase',
      caseId,
      ...registrationOf(input, registrationCode, clientId, step),
      contactId: step.newId('contact'),
      conversationId: step.newId('conversation'),
    }));
  }
}
