import { CommandHandler } from '@nestjs/cqrs';
import type { PrepareHandover as PrepareHandoverDecision } from '@spil/domain';
import { CaseStepCommand, CaseStepHandler, type CaseStepTools } from '../desk/case-step.js';

/** The standard form, so that the client need not tell the story again (P 5); stored sealed as a whole. */
export interface HandoverDossierInput {
  readonly caseSketch: string;
  readonly adviceSoFar?: string | null;
  /** What is handed over with the form, for example letters received. */
  readonly documents?: readonly string[] | null;
  /** How the receiver reaches the sender. */
  readonly senderContact: string;
}

/** Input of drawing up the dossier of a handover (P 5). */
export interface PrepareHandoverInput {
  readonly caseId: string;
  /** A prepared handover that a warm referral named; a new one when left out. */
  readonly handoverId?: string | null;
  readonly referralId?: string | null;
  readonly dossier: HandoverDossierInput;
}

export class PrepareHandover extends CaseStepCommand<PrepareHandoverInput> {}

@CommandHandler(PrepareHandover)
export class PrepareHandoverHandler extends CaseStepHandler<PrepareHandoverInput> {
  protected override decision(input: PrepareHandoverInput, step: CaseStepTools): PrepareHandoverDecision {
    return {
      type: 'PrepareHandover',
      caseId: input.caseId,
      handoverId: input.handoverId ?? step.newId('handover'),
      referralId: input.referralId ?? null,
      dossier: step.sealValue({ ...input.dossier }),
    };
  }
}
