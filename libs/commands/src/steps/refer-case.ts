import { CommandHandler } from '@nestjs/cqrs';
import type { ReferCase as ReferCaseDecision, Refusal, ToevoegingKind } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';
import { isRefusal } from '@spil/domain';

/** Input of sending the client on; never requires a conversation first (R 5.2 q5b). */
export interface ReferCaseInput {
  readonly caseId: string;
  readonly toOrganisationId: string;
  /** Where known; a warm referral needs one (rule 5). */
  readonly toProfessionalId?: string | null;
  readonly warmth: 'COLD' | 'WARM';
  /** The prepared handover of a warm referral; a new one when left out. */
  readonly handoverId?: string | null;
  /** Why a client who is not self-reliant is referred cold all the same (R 3.2); stored sealed. */
  readonly coldReason?: string | null;
  readonly toevoegingKind?: ToevoegingKind | null;
}

export class ReferCase extends CaseStepCommand<ReferCaseInput> {}

@CommandHandler(ReferCase)
export class ReferCaseHandler extends CaseStepHandler<ReferCaseInput> {
  protected override async decision(
    input: ReferCaseInput,
    step: CaseStepTools,
  ): Promise<ReferCaseDecision | Refusal> {
    const to = await step.receiver(input.toOrganisationId, input.toProfessionalId ?? null);
    if (isRefusal(to)) return to;
    return {
      type: 'ReferCase',
      caseId: input.caseId,
      referralId: step.newId('referral'),
      to,
      manner:
        input.warmth === 'WARM'
          ? { warmth: 'WARM', handoverId: input.handoverId ?? step.newId('handover') }
          : { warmth: 'COLD', coldReason: step.seal(input.coldReason) },
      toevoegingKind: input.toevoegingKind ?? null,
      policy: await step.policy(),
    };
  }
}
