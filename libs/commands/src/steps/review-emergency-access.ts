import { CommandHandler } from '@nestjs/cqrs';
import type { EmergencyVerdict, ReviewEmergencyAccess as ReviewEmergencyAccessDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** Input of saying whether emergency access was justified. */
export interface ReviewEmergencyAccessInput {
  readonly caseId: string;
  readonly emergencyId: string;
  readonly verdict: EmergencyVerdict;
  /** Stored sealed. */
  readonly note?: string | null;
}

export class ReviewEmergencyAccess extends CaseStepCommand<ReviewEmergencyAccessInput> {}

@CommandHandler(ReviewEmergencyAccess)
export class ReviewEmergencyAccessHandler extends CaseStepHandler<ReviewEmergencyAccessInput> {
  protected override readonly action = 'REVIEW_EMERGENCY_ACCESS';

  protected override decision(
    { caseId, emergencyId, verdict, note }: ReviewEmergencyAccessInput,
    step: CaseStepTools,
  ): ReviewEmergencyAccessDecision {
    return { type: 'ReviewEmergencyAccess', caseId, emergencyId, verdict, note: step.seal(note) };
  }
}
