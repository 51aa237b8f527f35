import { CommandHandler } from '@nestjs/cqrs';
import { isRefusal, type RecordContact as RecordContactDecision, type Refusal } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { contactOf, type ContactInput } from './contact.js';

/** Input of recording that the other side was reached. */
export interface RecordContactInput extends ContactInput {
  readonly caseId: string;
  /** Left out when the contact followed no request, for example when a lawyer began it. */
  readonly piketRequestId?: string | null;
}

export class RecordContact extends CaseStepCommand<RecordContactInput> {}

@CommandHandler(RecordContact)
export class RecordContactHandler extends CaseStepHandler<RecordContactInput> {
  protected override async decision(
    input: RecordContactInput,
    step: CaseStepTools,
  ): Promise<RecordContactDecision | Refusal> {
    const contact = await contactOf(input, step);
    if (isRefusal(contact)) return contact;
    return {
      type: 'RecordContact',
      caseId: input.caseId,
      piketRequestId: input.piketRequestId ?? null,
      ...contact,
    };
  }
}
