import type { OrganisationKind } from '../shared/decider.js';
import type { Channel, ConversationSide } from './terms.js';

/** A successful contact, whether recorded alone or together with something else. */
export interface ContactFacts {
  readonly contactId: string;
  /** Of the conversation that the contact opens. */
  readonly conversationId: string;
  readonly initiatedBy: ConversationSide | 'UNKNOWN';
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  readonly reachedProfessionalId: string | null;
  readonly channel: Channel;
  /** Attempts up to and including this one, as reported; null derives it from the recorded attempts. */
  readonly attempts: number | null;
  /** Minutes between request and contact, as reported; null derives it from the request. */
  readonly delayMinutes: number | null;
}
