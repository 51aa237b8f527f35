import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type {
  CaseRegistered,
  ContactSucceeded,
  FlaggedForSignalering,
  RegistrationFacts,
} from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { contactSucceeded } from '../rules/conversation.js';
import {
  assertsContact,
  kindFitsOrganisation,
  withEachAreaOnce,
  flagOnRelevance,
} from '../rules/registration.js';
import type { CaseState, RegisteredCase } from '../state.js';
import type { RegistrationKind } from '../terms.js';
import type { CaseStep } from './case-step.js';
import { erasedBeforeRegistration } from './erase-client-data.js';

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

/** Decides the opening of a case. */
export const decideRegisterCase = (
  command: RegisterCase,
  state: CaseState,
  context: DecisionContext,
): Decision<CaseRegistered | ContactSucceeded | FlaggedForSignalering> => {
  if (state.status !== 'NOT_REGISTERED') return alreadyRegistered(command, state);
  const act = actOf(context, null);
  if (isRefusal(act)) return act;
  const refusal =
    erasedBeforeRegistration(state) ??
    kindFitsOrganisation(command.registrationKind, act.by.organisationKind);
  if (refusal) return refusal;
  return [
    caseRegistered(command.caseId, command, act),
    ...(assertsContact(command.registrationKind) ? [assertedContact(command, act)] : []),
    ...flagOnRelevance(
      command.facts.signaleringRelevance,
      { caseId: command.caseId, registrationId: command.registrationId, flagId: command.flagId },
      act,
    ),
  ];
};

/** Nothing to do when this very registration opened the case. */
export const alreadyRegistered = (
  registration: { readonly registrationId: string },
  state: RegisteredCase,
): readonly never[] | Refusal =>
  state.registrationId === registration.registrationId
    ? []
    : refuse('CASE_ALREADY_REGISTERED', { field: 'caseId' });

/** The event that opens a case. */
export const caseRegistered = (caseId: string, registration: NewRegistration, act: Act): CaseRegistered => ({
  type: 'CaseRegistered',
  caseId,
  occurredAt: act.at,
  registrationId: registration.registrationId,
  registrationCode: registration.registrationCode,
  registrationKind: registration.registrationKind,
  registeredBy: act.by,
  clientId: registration.clientId,
  client: registration.client,
  voicemailAllowed: registration.voicemailAllowed,
  interpreterNeeded: registration.interpreterNeeded,
  facts: withEachAreaOnce(registration.facts),
});

/** The desk is a telephone desk (R 1.2), so a response without further details was a call. */
const assertedContact = (command: RegisterCase, act: Act): ContactSucceeded =>
  contactSucceeded(
    {
      contactId: command.contactId,
      conversationId: command.conversationId,
      initiatedBy: 'ASKING',
      reachedKind: act.by.organisationKind,
      reachedProfessionalId: act.by.professionalId,
      channel: 'PHONE',
      attempts: null,
      delayMinutes: null,
    },
    { caseId: command.caseId, piketRequestId: null },
    { attempts: 1, delayMinutes: null },
    act,
  );
