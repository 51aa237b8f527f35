import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { ContactFacts } from '../contact-facts.js';
import type {
  CaseRegistered,
  ContactAttempted,
  ContactSucceeded,
  ConversationAccount,
  FlaggedForSignalering,
  PiketConversationRecorded,
  PiketRequested,
} from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import {
  accountIsSound,
  accountRecorded,
  contactSucceeded,
  unknownOnlyForImport,
} from '../rules/conversation.js';
import { kindFitsOrganisation, ownSideOf, flagOnRelevance } from '../rules/registration.js';
import type { CaseState } from '../state.js';
import type { ContactAttemptResult, ConversationSide } from '../terms.js';
import type { CaseStep } from './case-step.js';
import { erasedBeforeRegistration } from './erase-client-data.js';
import { contactAttempted } from './record-contact-attempt.js';
import { alreadyRegistered, caseRegistered, type NewRegistration } from './register-case.js';
import { piketRequested, questionCanBeAsked, type PiketQuestion } from './request-piket.js';

/**
 * Registers a case with its contact and the registering side's account at once, from one short form (R 3.2).
 * The account is the asking side's, except for a second-line response without a code: there it is the consulted side's.
 */
export interface RegisterCaseWithConversation extends CaseStep {
  readonly type: 'RegisterCaseWithConversation';
  readonly registration: NewRegistration;
  /** What was asked of the desk; null when no request preceded the contact. */
  readonly request: PiketQuestion | null;
  /** Tries before the contact succeeded, where each is known; they need a request. */
  readonly failedAttempts: readonly { readonly attemptId: string; readonly result: ContactAttemptResult }[];
  readonly contact: ContactFacts;
  /** Null when the account follows later. */
  readonly account: ConversationAccount | null;
  /** In force at the case's location on the day of the registration. */
  readonly policy: ProgrammePolicy;
}

/** Decides the short form: every rule of the single steps holds, all of it is recorded or nothing. */
export const decideRegisterCaseWithConversation = (
  command: RegisterCaseWithConversation,
  state: CaseState,
  context: DecisionContext,
): Decision<
  | CaseRegistered
  | PiketRequested
  | ContactAttempted
  | ContactSucceeded
  | PiketConversationRecorded
  | FlaggedForSignalering
> => {
  const { caseId, registration, request, contact, account } = command;
  if (state.status !== 'NOT_REGISTERED') return alreadyRegistered(registration, state);
  const act = actOf(context, null);
  if (isRefusal(act)) return act;
  const side = ownSideOf(registration.registrationKind);
  const refusal =
    erasedBeforeRegistration(state) ??
    kindFitsOrganisation(registration.registrationKind, act.by.organisationKind) ??
    askedByAskingSide(command, side) ??
    (request && questionCanBeAsked(request, command.policy, context, act.by)) ??
    unknownOnlyForImport(contact, context) ??
    (account && accountIsSound(account, side));
  if (refusal) return refusal;
  const { registrationId, flagId } = registration;
  const { conversationId } = contact;
  const piketRequestId = request?.piketRequestId ?? null;
  return [
    caseRegistered(caseId, registration, act),
    ...(request ? [piketRequested(request, caseId, null, act), ...triesOf(command, request, act)] : []),
    contactSucceeded(
      contact,
      { caseId, piketRequestId },
      { attempts: command.failedAttempts.length + 1, delayMinutes: null },
      act,
    ),
    ...(account ? [accountRecorded({ caseId, conversationId, side, registrationId, account }, act)] : []),
    ...flagOnRelevance(registration.facts.signaleringRelevance, { caseId, registrationId, flagId }, act),
  ];
};

/** Who responds to a conversation asked for nothing, and who asked for nothing made no attempts. */
const askedByAskingSide = (command: RegisterCaseWithConversation, side: ConversationSide): Refusal | null => {
  if (command.request && side === 'CONSULTED') {
    return refuse('NOT_ALLOWED', { rule: 'R 2.2', field: 'request', facts: { side } });
  }
  return command.request === null && command.failedAttempts.length > 0
    ? refuse('PIKET_REQUEST_NOT_FOUND', { rule: 'step 4', field: 'failedAttempts' })
    : null;
};

const triesOf = (
  command: RegisterCaseWithConversation,
  { piketRequestId }: PiketQuestion,
  act: Act,
): readonly ContactAttempted[] =>
  command.failedAttempts.map(({ attemptId, result }) =>
    contactAttempted({ attemptId, result, piketRequestId, callBackAt: null }, command.caseId, act),
  );
