import type { Channel, ContactFacts, ConversationSide, OrganisationKind, Refusal } from '@spil/domain';
import type { CaseStepTools } from '../desk/case-step.js';

/** A successful contact, as a person reports it. */
export interface ContactInput {
  /** Who started it; the asking side when left out. `UNKNOWN` takes the import mandate. */
  readonly initiatedBy?: ConversationSide | 'UNKNOWN' | null;
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  /** Where known. */
  readonly reachedProfessionalId?: string | null;
  /** Telephone when left out. */
  readonly channel?: Channel | null;
  /** Tries up to and including this one; derived from the recorded attempts when left out. */
  readonly attempts?: number | null;
  /** Minutes between request and contact; derived when left out. */
  readonly delayMinutes?: number | null;
}

/** The contact with the ids it needs; refuses a professional who is not there. */
export const contactOf = async (input: ContactInput, step: CaseStepTools): Promise<ContactFacts | Refusal> =>
  (await step.known(input.reachedProfessionalId, 'reachedProfessionalId')) ?? {
    contactId: step.newId('contact'),
    conversationId: step.newId('conversation'),
    initiatedBy: input.initiatedBy ?? 'ASKING',
    reachedKind: input.reachedKind,
    reachedProfessionalId: input.reachedProfessionalId ?? null,
    channel: input.channel ?? 'PHONE',
    attempts: input.attempts ?? null,
    delayMinutes: input.delayMinutes ?? null,
  };
