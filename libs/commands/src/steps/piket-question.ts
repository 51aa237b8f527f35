import {
  isRefusal,
  type LegalArea,
  type OrganisationKind,
  type PiketQuestion,
  type QuestionKind,
  type Refusal,
  type WithoutDeskChoice,
} from '@spil/domain';
import type { CaseStepTools } from '../desk/case-step.js';

/** What is asked of the desk. */
export interface PiketQuestionInput {
  /** `UNKNOWN` takes the import mandate. */
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  /** A colleague, past the roster (P 7); the local desk when neither this nor `helpline` is given. */
  readonly namedProfessionalId?: string | null;
  readonly helpline?: boolean | null;
  /** The case's primary area when left out. */
  readonly area?: LegalArea | null;
  readonly questionKind: QuestionKind;
  /** Asked before the call (R 1.4). */
  readonly withoutDesk?: WithoutDeskChoice | null;
  readonly localKnowledgeNeeded?: boolean | null;
}

/** The question with its id; `defaultArea` is the case's primary area. Refuses a named colleague who is not there any more. */
export const questionOf = async (
  input: PiketQuestionInput,
  defaultArea: LegalArea,
  step: CaseStepTools,
): Promise<PiketQuestion | Refusal> => {
  const named = input.namedProfessionalId;
  const colleague = named == null ? null : await step.party(named, 'namedProfessionalId');
  if (isRefusal(colleague)) return colleague;
  return {
    piketRequestId: step.newId('piketRequest'),
    askedKind: input.askedKind,
    to: colleague
      ? { route: 'NAMED_COLLEAGUE', professionalId: colleague.professionalId }
      : { route: input.helpline ? 'HELPLINE' : 'LOCAL_DESK' },
    area: input.area ?? defaultArea,
    questionKind: input.questionKind,
    withoutDesk: input.withoutDesk ?? null,
    localKnowledgeNeeded: input.localKnowledgeNeeded ?? false,
  };
};
