import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRefusal, type ConversationSide, type SignaleringRelevance } from '@spil/domain';
import { CaseDesk } from '../desk/case-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { contactOf, type ContactInput } from './contact.js';
import { accountOf, type ConversationAccountInput } from './conversation-account.js';

/** Input of the other side's registration, by the code that the first side read out (R 2.4). */
export interface RegisterCounterpartInput {
  readonly registrationCode: string;
  /** On which side of the conversation; the consulted one when left out. */
  readonly side?: ConversationSide | null;
  /** Stored sealed. */
  readonly note?: string | null;
  /** `NOT_ASKED` when left out. */
  readonly signaleringRelevance?: SignaleringRelevance | null;
  /** A contact that nobody recorded yet. */
  readonly contact?: ContactInput | null;
  /** Of which conversation the account is; the latest one without this side's account when left out. */
  readonly conversationId?: string | null;
  readonly account?: ConversationAccountInput | null;
}

export class RegisterCounterpart extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: RegisterCounterpartInput,
  ) {
    super();
  }
}

@CommandHandler(RegisterCounterpart)
export class RegisterCounterpartHandler implements ICommandHandler<RegisterCounterpart> {
  constructor(private readonly desk: CaseDesk) {}

  execute({ order, input }: RegisterCounterpart): Promise<StepResult> {
    const side = input.side ?? 'CONSULTED';
    return this.desk.joinByCode(
      order,
      input.registrationCode,
      input,
      async ({ caseId, step, conversationWithout, openRequest }) => {
        const reached = input.contact ? await contactOf(input.contact, step) : null;
        if (isRefusal(reached)) return reached;
        const contact = reached && { ...reached, piketRequestId: openRequest ?? null };
        const conversationId = input.conversationId ?? contact?.conversationId ?? conversationWithout(side);
        return {
          type: 'RegisterCounterpart',
          caseId,
          registrationId: step.newId('registration'),
          side,
          note: step.seal(input.note),
          signaleringRelevance: input.signaleringRelevance ?? 'NOT_ASKED',
          flagId: step.newId('flag'),
          contact,
          account: input.account
            ? {
                conversationId: conversationId ?? step.newId('conversation'),
                account: accountOf(input.account, step),
              }
            : null,
        };
      },
    );
  }
}
