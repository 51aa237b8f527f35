import type { Sealed } from '../../shared/sealed.js';
import type { RegistrationFacts } from '../events.js';
import type { RegistrationKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** What opens a case, whether alone or together with its conversation. Every id was made by the handler. */
export interface NewRegistration {
  readonly registrationId: string;
  /** Reserved beforehand, so that it is unique for ever (rule 1). */
  readonly registrationCode: string;
  readonly registrationKind: RegistrationKind;
  readonly clientId: string;
  readonly client: Sealed | null;
  readonly voicemailAllowed: boolean | null;
  readonly interpreterNeeded: boolean | null;
  readonly facts: RegistrationFacts;
  /** The flag's id, should the registration be relevant for signalering. */
  readonly flagId: string;
}

/** Opens a case (R 2.3). */
export interface RegisterCase extends CaseStep, NewRegistration {
  readonly type: 'RegisterCase';
  /** The contact's and conversation's ids, should the registration kind assert a contact. */
  readonly contactId: string;
  readonly conversationId: string;
}
