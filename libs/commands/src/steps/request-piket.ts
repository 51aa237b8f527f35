import { CommandHandler } from '@nestjs/cqrs';
import { isRefusal, type Refusal, type RequestPiket as RequestPiketDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { questionOf, type PiketQuestionInput } from './piket-question.js';

/** Input of asking the desk, or a named colleague, for a conversation (R 1.2). */
export interface RequestPiketInput extends PiketQuestionInput {
  readonly caseId: string;
}

export class RequestPiket extends CaseStepCommand<RequestPiketInput> {}

@CommandHandler(RequestPiket)
export class RequestPiketHandler extends CaseStepHandler<RequestPiketInput> {
  protected override async decision(
    input: RequestPiketInput,
    step: CaseStepTools,
  ): Promise<RequestPiketDecision | Refusal> {
    const question = await questionOf(input, step.primaryArea(), step);
    if (isRefusal(question)) return question;
    return {
      type: 'RequestPiket',
      caseId: input.caseId,
      ...question,
      policy: await step.policy(),
    };
  }
}
