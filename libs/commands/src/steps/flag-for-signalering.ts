import { CommandHandler } from '@nestjs/cqrs';
import type {
  FlagForSignalering as FlagForSignaleringDecision,
  FlagKind,
  SignaleringTheme,
} from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of marking a case as worth discussing. */
export interface FlagForSignaleringInput {
  readonly caseId: string;
  /** The registration, of the own organisation, on whose behalf the flag is raised. */
  readonly registrationId: string;
  readonly kind: FlagKind;
  readonly themes: readonly SignaleringTheme[];
  readonly selfRelianceWronglyAssumed: boolean;
  readonly gapInLegalAid: boolean;
  readonly bestPracticeCandidate: boolean;
  /** Stored sealed until its wording is released (rule 9). */
  readonly note?: string | null;
}

export class FlagForSignalering extends CaseStepCommand<FlagForSignaleringInput> {}

@CommandHandler(FlagForSignalering)
export class FlagForSignaleringHandler extends CaseStepHandler<FlagForSignaleringInput> {
  protected override decision(
    input: FlagForSignaleringInput,
    step: CaseStepTools,
  ): FlagForSignaleringDecision {
    return {
      type: 'FlagForSignalering',
      caseId: input.caseId,
      flagId: step.newId('flag'),
      registrationId: input.registrationId,
      kind: input.kind,
      themes: input.themes,
      selfRelianceWronglyAssumed: input.selfRelianceWronglyAssumed,
      gapInLegalAid: input.gapInLegalAid,
      bestPracticeCandidate: input.bestPracticeCandidate,
      note: step.seal(input.note),
    };
  }
}
