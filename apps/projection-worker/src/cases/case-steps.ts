import type { CaseEvent, FactReference, Instant } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import type {
  AccountEntry,
  CaseDocument,
  HandoverEntry,
  HandoverStatus,
  ReferralEntry,
  Step,
} from '@spil/read-model';
import type { EventMap, FoldStep, Folded } from '../runtime/projection.js';
import { omit } from '../omit.js';
import { located, withoutSealedBy } from '../sealed-fields.js';

type CaseMap = EventMap<CaseDocument, never, CaseEvent>;
type StepOf<Type extends CaseEvent['type']> = FoldStep<Extract<CaseEvent, { type: Type }>>;

/** How each step changes the document of a case. */
export const caseSteps: CaseMap = {
  CaseRegistered: (document, step) => {
    if (document) throw new Error('the case was registered twice');
    const { event } = step;
    const { client, facts, registrationId, registrationKind, registeredBy, occurredAt } = located(step);
    return {
      document: {
        caseId: event.caseId,
        registrationCode: event.registrationCode,
        status: 'OPEN',
        clientId: event.clientId,
        client,
        voicemailAllowed: event.voicemailAllowed,
        interpreterNeeded: event.interpreterNeeded,
        registrations: [
          {
            registrationId,
            registrationKind,
            side: null,
            registeredBy,
            facts,
            note: null,
            signaleringRelevance: facts.signaleringRelevance,
            occurredAt,
          },
        ],
        links: [],
        assessments: [],
        coordinator: null,
        piketRequests: [],
        attempts: [],
        contacts: [],
        accounts: [],
        referrals: [],
        toevoegingen: [],
        handovers: [],
        flags: [],
        closed: null,
        lastStepAt: occurredAt,
        revision: step.revision.toString(),
      },
    };
  },
  CounterpartRegistered: (document, step) =>
    changed(document, step, ({ registrations }) => {
      const { registrationId, side, registeredBy, note, signaleringRelevance, occurredAt } = located(step);
      const entry = { registrationId, registrationKind: null, side, registeredBy, facts: null, note };
      return { registrations: [...registrations, { ...entry, signaleringRelevance, occurredAt }] };
    }),
  RegistrationLinked: (document, step) =>
    changed(document, step, ({ links }) => ({
      links: [...links, stepOf(step)],
      ...(step.event.role === 'GUEST' && { status: 'LINKED' }),
    })),
  SelfRelianceAssessed: (document, step) =>
    changed(document, step, ({ assessments }) => ({ assessments: [...assessments, stepOf(step)] })),
  CoordinatorAssigned: (document, step) =>
    changed(document, step, () => ({ coordinator: step.event.coordinator })),
  CoordinatorTransferred: (document, step) => changed(document, step, () => ({ coordinator: step.event.to })),

  PiketRequested: (document, step) =>
    changed(document, step, ({ piketRequests }) => ({
      piketRequests: [...piketRequests, { ...stepOf(step), status: 'OPEN', escalatedTo: null }],
    })),
  ContactAttempted: (document, step) =>
    changed(document, step, ({ attempts }) => ({ attempts: [...attempts, stepOf(step)] })),
  ContactSucceeded: (document, step) =>
    changed(document, step, ({ contacts, piketRequests }) => ({
      contacts: [...contacts, stepOf(step)],
      ...(step.event.piketRequestId !== null && {
        piketRequests: replaced(piketRequests, 'piketRequestId', step.event.piketRequestId, {
          status: 'ANSWERED',
        }),
      }),
    })),
  PiketRequestEscalated: (document, step) =>
    changed(document, step, ({ piketRequests }) => ({
      piketRequests: replaced(piketRequests, 'piketRequestId', step.event.piketRequestId, {
        escalatedTo: step.event.to,
      }),
    })),
  PiketRequestWithdrawn: (document, step) => closeRequest(document, step, 'WITHDRAWN'),
  PiketRequestExpired: (document, step) => closeRequest(document, step, 'EXPIRED'),
  PiketConversationRecorded: (document, step) =>
    changed(document, step, ({ accounts }) => ({ accounts: [...accounts, stepOf(step)] })),

  CaseReferred: (document, step) =>
    changed(document, step, ({ referrals }) => ({
      referrals: [...referrals, { ...stepOf(step), status: 'OFFERED', statusSince: step.event.occurredAt }],
    })),
  ReferralAccepted: (document, step) => answerReferral(document, step, 'ACCEPTED'),
  ReferralDeclined: (document, step) => answerReferral(document, step, 'DECLINED'),
  ReferralLapsed: (document, step) => answerReferral(document, step, 'LAPSED'),
  ToevoegingRequested: (document, step) =>
    changed(document, step, ({ toevoegingen }) => ({
      toevoegingen: [...toevoegingen, { ...stepOf(step), status: 'REQUESTED', refusalGround: null }],
    })),
  ToevoegingGranted: (document, step) =>
    changed(document, step, ({ toevoegingen }) => ({
      toevoegingen: replaced(toevoegingen, 'toevoegingId', step.event.toevoegingId, { status: 'GRANTED' }),
    })),
  ToevoegingRefused: (document, step) =>
    changed(document, step, ({ toevoegingen }) => ({
      toevoegingen: replaced(toevoegingen, 'toevoegingId', step.event.toevoegingId, {
        status: 'REFUSED',
        refusalGround: step.event.ground,
      }),
    })),

  HandoverPrepared: (document, step) =>
    changed(document, step, ({ handovers }) => ({
      handovers: [
        ...handovers,
        { ...stepOf(step), status: 'PREPARED', statusSince: step.event.occurredAt, offer: null },
      ],
    })),
  HandoverConsentGiven: (document, step) => moveHandover(document, step, 'CONSENTED'),
  HandoverConsentRefused: (document, step) => moveHandover(document, step, 'CONSENT_REFUSED'),
  HandoverConsentWithdrawn: (document, step) => moveHandover(document, step, 'CONSENT_WITHDRAWN'),
  HandoverOffered: (document, step) =>
    moveHandover(document, step, 'OFFERED', { offer: stepOf<'HandoverOffered'>(step) }),
  HandoverAccepted: (document, step) => moveHandover(document, step, 'ACCEPTED'),
  WarmHandoverCompleted: (document, step) => moveHandover(document, step, 'COMPLETED'),
  HandoverDeclined: (document, step) => moveHandover(document, step, 'DECLINED'),
  HandoverLapsed: (document, step) => moveHandover(document, step, 'LAPSED'),

  FlaggedForSignalering: (document, step) =>
    changed(document, step, ({ flags }) => ({ flags: [...flags, stepOf(step)] })),
  FlagWithdrawn: (document, step) =>
    changed(document, step, ({ flags }) => ({
      flags: flags.filter(({ flagId }) => flagId !== step.event.flagId),
    })),
  CaseClosed: (document, step) => changed(document, step, () => ({ status: 'CLOSED', closed: stepOf(step) })),
  CaseReopened: (document, step) => changed(document, step, () => ({ status: 'OPEN', closed: null })),

  RegistrationCorrected: (document, step) =>
    changed(document, step, ({ registrations }) => {
      const { registrationId, facts, signaleringRelevance } = located(step);
      return {
        registrations: replaced(registrations, 'registrationId', registrationId, {
          ...(facts && { facts }),
          signaleringRelevance,
        }),
      };
    }),
  ConversationCorrected: (document, step) =>
    changed(document, step, ({ accounts }) => {
      const { account, conversationId, side } = located(step);
      const isCorrected = isAccountOf(conversationId, side);
      if (!accounts.some(isCorrected)) throw new Error('the corrected account is not in the case');
      return { accounts: accounts.map((entry) => (isCorrected(entry) ? { ...entry, account } : entry)) };
    }),
  FactEnteredInError: (document, step) =>
    changed(document, step, (current) => without(current, step.event.fact)),

  // Who may see the case is the access table's.
  ConflictWallRaised: (document, step) => untouched(document, step),
  ConflictWallLifted: (document, step) => untouched(document, step),
  EmergencyAccessTaken: (document, step) => untouched(document, step),
  EmergencyAccessReviewed: (document, step) => untouched(document, step),
  // Nothing to do for the case: its work, and since when it waits, stay as they are. Without a document the erasure came before
  // the registration, which then never comes.
  ClientErasureOrdered: (document, step) => (document ? untouched(document, step) : { document }),
  ClientDataErased: (document, step) => {
    if (!document) return { document };
    const { keyId } = step.event;
    return untouched(keyId === null ? document : withoutSealedBy(keyId, document), step);
  },
};

/** The event as the document keeps it. */
const stepOf = <Type extends CaseEvent['type']>(step: StepOf<Type>): Step<StepOf<Type>['event']> =>
  omit(located(step), 'type', 'caseId');

/** Every step but the first: what it changes, and that it was the last. */
function changed(
  document: CaseDocument | undefined,
  { event, revision }: RecordedEvent<CaseEvent>,
  change: (document: CaseDocument) => Partial<CaseDocument>,
): Folded<CaseDocument, never> {
  if (!document) throw new Error('the case begins with something else than its registration');
  return {
    document: {
      ...document,
      ...change(document),
      lastStepAt: later(document.lastStepAt, event.occurredAt),
      revision: revision.toString(),
    },
  };
}

/** A step of the record, not of the work: nothing moves but the revision. */
function untouched(
  document: CaseDocument | undefined,
  { revision }: RecordedEvent<CaseEvent>,
): Folded<CaseDocument, never> {
  if (!document) throw new Error('the case begins with something else than its registration');
  return { document: { ...document, revision: revision.toString() } };
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The list with one entry changed. @throws Error when it is not there */
function replaced<Entry, Key extends keyof Entry>(
  entries: readonly Entry[],
  key: Key,
  id: Entry[Key],
  change: Partial<Entry>,
): Entry[] {
  if (!entries.some((entry) => entry[key] === id))
    throw new Error(`no ${String(key)} of that id in the case`);
  return entries.map((entry) => (entry[key] === id ? { ...entry, ...change } : entry));
}

const closeRequest = (
  document: CaseDocument | undefined,
  step: StepOf<'PiketRequestWithdrawn' | 'PiketRequestExpired'>,
  status: 'WITHDRAWN' | 'EXPIRED',
): Folded<CaseDocument, never> =>
  changed(document, step, ({ piketRequests }) => ({
    piketRequests: replaced(piketRequests, 'piketRequestId', step.event.piketRequestId, { status }),
  }));

const answerReferral = (
  document: CaseDocument | undefined,
  step: StepOf<'ReferralAccepted' | 'ReferralDeclined' | 'ReferralLapsed'>,
  status: ReferralEntry['status'],
): Folded<CaseDocument, never> =>
  changed(document, step, ({ referrals }) => ({
    referrals: replaced(referrals, 'referralId', step.event.referralId, {
      status,
      statusSince: step.event.occurredAt,
    }),
  }));

type HandoverStep = Extract<CaseEvent['type'], `Handover${string}` | 'WarmHandoverCompleted'>;

const moveHandover = (
  document: CaseDocument | undefined,
  step: StepOf<HandoverStep>,
  status: HandoverStatus,
  change: Partial<HandoverEntry> = {},
): Folded<CaseDocument, never> =>
  changed(document, step, ({ handovers }) => ({
    handovers: replaced(handovers, 'handoverId', step.event.handoverId, {
      ...change,
      status,
      statusSince: step.event.occurredAt,
    }),
  }));

const isAccountOf =
  (conversationId: string, side: AccountEntry['side']) =>
  (account: AccountEntry): boolean =>
    account.conversationId === conversationId && account.side === side;

/** A fact that never happened leaves the document; history keeps it. */
function without(document: CaseDocument, fact: FactReference): Partial<CaseDocument> {
  switch (fact.kind) {
    case 'CONTACT_ATTEMPT':
      return { attempts: document.attempts.filter(({ attemptId }) => attemptId !== fact.id) };
    case 'CONTACT': {
      const contact = document.contacts.find(({ contactId }) => contactId === fact.id);
      return {
        contacts: document.contacts.filter((other) => other !== contact),
        // Nobody was reached after all, so the request waits again.
        piketRequests: document.piketRequests.map((request) =>
          request.piketRequestId === contact?.piketRequestId ? { ...request, status: 'OPEN' } : request,
        ),
      };
    }
    case 'CONVERSATION_ACCOUNT': {
      const isWrong = isAccountOf(fact.id, fact.side);
      return { accounts: document.accounts.filter((account) => !isWrong(account)) };
    }
    case 'SELF_RELIANCE_ASSESSMENT':
      return { assessments: document.assessments.filter(({ assessmentId }) => assessmentId !== fact.id) };
    case 'TOEVOEGING':
      return { toevoegingen: document.toevoegingen.filter(({ toevoegingId }) => toevoegingId !== fact.id) };
  }
}
