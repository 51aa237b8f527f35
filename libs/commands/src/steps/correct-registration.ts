import { CommandHandler } from '@nestjs/cqrs';
import type {
  CorrectRegistration as CorrectRegistrationDecision,
  CorrectionReason,
  SignaleringRelevance,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { factsOf, type RegistrationFactsInput } from './registration.js';

/** Input of replacing what a registration states; the whole new value is given. */
export interface CorrectRegistrationInput {
  readonly caseId: string;
  readonly registrationId: string;
  /** Left out for a counterpart's registration, of which only the relevance can be corrected. */
  readonly facts?: RegistrationFactsInput | null;
  readonly signaleringRelevance: SignaleringRelevance;
  readonly reason: CorrectionReason;
}

export class CorrectRegistration extends CaseStepCommand<CorrectRegistrationInput> {}

@CommandHandler(CorrectRegistration)
export class CorrectRegistrationHandler extends CaseStepHandler<CorrectRegistrationInput> {
  protected override decision(
    input: CorrectRegistrationInput,
    step: CaseStepTools,
  ): CorrectRegistrationDecision {
    return {
      type: 'CorrectRegistration',
      caseId: input.caseId,
      registrationId: input.registrationId,
      facts: input.facts ? factsOf(input.facts, step) : null,
      signaleringRelevance: input.signaleringRelevance,
      flagId: step.newId('flag'),
      reason: input.reason,
    };
  }
}
