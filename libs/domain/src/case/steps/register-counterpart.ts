import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import { isBefore } from '../../shared/time.js';
import type { ContactFacts } from '../contact-facts.js';
import type {
  ContactSucceeded,
  ConversationAccount,
  CounterpartRegistered,
  FlaggedForSignalering,
  Party,
  PiketConversationRecorded,
} from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import {
  accountIsSound,
  accountRecorded,
  contactSucceeded,
  conversationOf,
  derivedReach,
  mayGiveAccount,
  sideIsFree,
  conversationIsNew,
  unknownOnlyForImport,
} from '../rules/conversation.js';
import { flagOnRelevance } from '../rules/registration.js';
import { openRequest, requestOf } from '../rules/requests.js';
import { closed } from '../rules/status.js';
import { byId, type CaseFile, type ClosedCase, type OpenCase, type PiketRequestState } from '../state.js';
import type { ConversationSide, SignaleringRelevance } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** The other side registers by registration code, which the handler resolved to the case (R 2.4). */
export interface RegisterCounterpart extends CaseStep {
  readonly type: 'RegisterCounterpart';
  readonly registrationId: string;
  readonly side: ConversationSide;
  readonly note: Sealed | null;
  readonly signaleringRelevance: SignaleringRelevance;
  readonly flagId: string;
  /** A contact that nobody recorded yet; null when the account is of a recorded one, or there is none. */
  readonly contact: (ContactFacts & { readonly piketRequestId: string | null }) | null;
  /** The account of this side, when it is given at once. */
  readonly account: { readonly conversationId: string; readonly account: ConversationAccount } | null;
}

/** Decides the registration of the other side. On a closed case only a late account lets it in (rule 10). */
export const decideRegisterCounterpart = (
  command: RegisterCounterpart,
  state: OpenCase | ClosedCase,
  context: DecisionContext,
): Decision<CounterpartRegistered | ContactSucceeded | PiketConversationRecorded | FlaggedForSignalering> => {
  if (byId(state.registrations, command.registrationId)) return [];
  if (state.status === 'CLOSED' && !isLateAccount(command)) return closed(state);
  const piketRequestId = command.contact?.piketRequestId ?? null;
  const request = piketRequestId === null ? undefined : openRequest(state, piketRequestId);
  if (isRefusal(request)) return request;
  const told = command.account && byId(state.conversations, command.account.conversationId);
  const act = actOf(context, latest(request?.at ?? state.registeredAt, told?.at));
  if (isRefusal(act)) return act;
  const refusal =
    notRegisteredBefore(state, act.by) ??
    (command.contact && contactFits(command.contact, state, context)) ??
    (command.account && accountFits(command, command.account, state, request, act));
  if (refusal) return refusal;
  return [
    counterpartRegistered(command, act),
    ...(command.contact
      ? [
          contactSucceeded(
            command.contact,
            { caseId: command.caseId, piketRequestId },
            derivedReach(state, request, act),
            act,
          ),
        ]
      : []),
    ...(command.account ? [accountRecorded({ ...command.account, ...ofThisSide(command) }, act)] : []),
    ...flagOnRelevance(command.signaleringRelevance, command, act),
  ];
};

/** Nobody joins a request before it was made, or tells of a conversation before it took place (architecture, "Two times"). */
const latest = (one: Instant, other: Instant | undefined): Instant =>
  other !== undefined && isBefore(one, other) ? other : one;

/** The account of a contact that was recorded while the case was open. */
const isLateAccount = (command: RegisterCounterpart): boolean =>
  command.account !== null && command.contact === null;

/** A professional stands on one side of a case, with one registration (rule 8). */
const notRegisteredBefore = (state: CaseFile, by: Party): Refusal | null => {
  const registration = Object.values(state.registrations).find(
    ({ registeredBy }) => registeredBy.professionalId === by.professionalId,
  );
  return registration === undefined
    ? null
    : refuse('SIDE_ALREADY_REGISTERED', { rule: 'rule 8', facts: { side: registration.side } });
};

const contactFits = (contact: ContactFacts, state: CaseFile, context: DecisionContext): Refusal | null =>
  conversationIsNew(contact, state) ?? unknownOnlyForImport(contact, context);

const accountFits = (
  command: RegisterCounterpart,
  given: NonNullable<RegisterCounterpart['account']>,
  state: CaseFile,
  request: PiketRequestState | undefined,
  act: Act,
): Refusal | null => {
  const unsound = accountIsSound(given.account, command.side);
  if (unsound) return unsound;
  if (command.contact?.conversationId === given.conversationId) {
    return mayGiveAccount(null, command.side, command.registrationId, act.by, request);
  }
  const conversation = conversationOf(state, given.conversationId);
  if (isRefusal(conversation)) return conversation;
  return (
    sideIsFree(conversation, command.side) ??
    mayGiveAccount(conversation, command.side, command.registrationId, act.by, requestOf(state, conversation))
  );
};

const ofThisSide = ({ caseId, side, registrationId }: RegisterCounterpart) => ({
  caseId,
  side,
  registrationId,
});

const counterpartRegistered = (command: RegisterCounterpart, act: Act): CounterpartRegistered => ({
  type: 'CounterpartRegistered',
  caseId: command.caseId,
  occurredAt: act.at,
  registrationId: command.registrationId,
  registeredBy: act.by,
  side: command.side,
  note: command.note,
  signaleringRelevance: command.signaleringRelevance,
});
