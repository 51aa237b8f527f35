import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, type ContactAttemptResult } from '@spil/domain';
import { CaseDesk } from '../desk/case-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { contactOf, type ContactInput } from './contact.js';
import { accountOf, type ConversationAccountInput } from './conversation-account.js';
import { questionOf, type PiketQuestionInput } from './piket-question.js';
import { registrationOf, type NewRegistrationInput } from './registration.js';

/** Input of the one short form: case, contact and the own side's account at once (R 3.2). */
export interface RegisterCaseWithConversationInput {
  readonly registration: NewRegistrationInput;
  /** Left out when no request preceded the contact. */
  readonly request?: PiketQuestionInput | null;
  /** Tries before the contact succeeded, in order; they need a request. */
  readonly failedAttempts?: readonly ContactAttemptResult[] | null;
  readonly contact: ContactInput;
  /** Left out when the account follows later. */
  readonly account?: ConversationAccountInput | null;
}

export class RegisterCaseWithConversation extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterCaseWithConversationInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterCaseWithConversation)
export class RegisterCaseWithConversationHandler implements ICommandHandler<RegisterCaseWithConversation> {
  constructor(private readonly desk: CaseDesk) {}

  execute({ order, input }: RegisterCaseWithConversation): Promise<StepResult> {
    return this.desk.open(order, input, async ({ caseId, registrationCode, clientId, step }) => {
      const request = input.request
        ? await questionOf(input.request, input.registration.primaryArea, step)
        : null;
      if (isRefusal(request)) return request;
      const contact = await contactOf(input.contact, step);
      if (isRefusal(contact)) return contact;
      return {
        type: 'RegisterCaseWithConversation',
        caseId,
        registration: registrationOf(input.registration, registrationCode, clientId, step),
        request,
        failedAttempts: (input.failedAttempts ?? []).map((result, index) => ({
          attemptId: step.newId(`attempt${index + 1}`),
          result,
        })),
        contact,
        account: input.account ? accountOf(input.account, step) : null,
        policy: await step.policy(),
      };
    });
  }
}
