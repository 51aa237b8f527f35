import { controllersAfter } from './controllers.js';
import type {
  CaseEvent,
  CaseRegistered,
  ClientDataErased,
  ClientErasureOrdered,
  ContactSucceeded,
  FactEnteredInError,
  HandoverOffered,
  PiketRequestEscalated,
  RegistrationCorrected,
} from './events.js';
import { ownSideOf } from './rules/registration.js';
import type {
  AccountState,
  ById,
  CaseFile,
  CaseState,
  ConversationState,
  Erasures,
  HandoverState,
  HandoverWithReceiver,
  HandoverWithSender,
  OpenCase,
  RegisteredCase,
} from './state.js';
import { formerAfter, isRevoking } from './standing.js';
import { byId } from './state.js';
import type { ConversationSide } from './terms.js';
import { failedAttempts } from './views.js';

/** A case of which nothing was recorded yet. */
export const notRegistered: CaseState = { status: 'NOT_REGISTERED', erasures: {} };

/**
 * Folds one event into the state of a case.
 * @throws Error when the history cannot have come from decisions, which no retry mends.
 */
export const evolveCase = (state: CaseState, event: CaseEvent): CaseState => {
  if (event.type === 'CaseRegistered') return opened(event);
  if (event.type === 'ClientErasureOrdered' || event.type === 'ClientDataErased') {
    return { ...state, erasures: erasuresAfter(state.erasures, event) };
  }
  if (state.status === 'NOT_REGISTERED') {
    throw new Error(`the history of case ${event.caseId} begins with ${event.type}`);
  }
  const after = withControllers(continued(state, event), controllersAfter(state.controllers, event));
  return isRevoking(event.type) ? { ...after, former: formerAfter(state, after) } : after;
};

const opened = (event: CaseRegistered): OpenCase => ({
  status: 'OPEN',
  caseId: event.caseId,
  registrationCode: event.registrationCode,
  registrationId: event.registrationId,
  registeredAt: event.occurredAt,
  clientId: event.clientId,
  registrations: {
    [event.registrationId]: {
      role: 'OWN',
      registrationId: event.registrationId,
      registeredBy: event.registeredBy,
      side: ownSideOf(event.registrationKind),
      registeredAt: event.occurredAt,
      kind: event.registrationKind,
      facts: event.facts,
      lastCorrection: null,
    },
  },
  assessments: [],
  coordinator: null,
  requests: {},
  attempts: {},
  conversations: {},
  referrals: {},
  toevoegingen: {},
  handovers: {},
  flags: {},
  handedOver: [],
  walls: {},
  emergencies: {},
  controllers: controllersAfter([], event),
  former: [],
  erasures: {},
  lastReopening: null,
});

/** May stand before any registration: an erasure ordered while the case was being registered. */
const erasuresAfter = (erasures: Erasures, event: ClientErasureOrdered | ClientDataErased): Erasures =>
  event.type === 'ClientErasureOrdered'
    ? { ...erasures, [event.organisationId]: { at: event.occurredAt, erased: false } }
    : changed(erasures, event.organisationId, (erasure) => ({ ...erasure, erased: true }));

const continued = (
  state: RegisteredCase,
  event: Exclude<CaseEvent, CaseRegistered | ClientErasureOrdered | ClientDataErased>,
): RegisteredCase => {
  switch (event.type) {
    case 'CounterpartRegistered':
      return {
        ...state,
        registrations: {
          ...state.registrations,
          [event.registrationId]: {
            role: 'COUNTERPART',
            registrationId: event.registrationId,
            registeredBy: event.registeredBy,
            side: event.side,
            registeredAt: event.occurredAt,
            signaleringRelevance: event.signaleringRelevance,
            lastCorrection: null,
          },
        },
      };
    case 'RegistrationLinked': {
      if (event.role === 'GUEST') {
        const link = {
          hostCaseId: event.hostCaseId,
          conversationId: event.conversationId,
          at: event.occurredAt,
        };
        return { ...fileOf(state), status: 'LINKED', link };
      }
      const { registrationId, guestCaseId } = event;
      const registrations = {
        ...state.registrations,
        [registrationId]: {
          role: 'LINKED' as const,
          registrationId,
          registeredBy: event.registeredBy,
          side: event.side,
          registeredAt: event.occurredAt,
          guestCaseId,
        },
      };
      if (event.conversationId === null) return { ...state, registrations };
      const account: AccountState = { status: 'LINKED', registrationId, guestCaseId };
      return { ...withAccount(state, event.conversationId, event.side, account), registrations };
    }
    case 'SelfRelianceAssessed':
      return {
        ...state,
        assessments: [
          ...state.assessments,
          {
            assessmentId: event.assessmentId,
            outcome: event.outcome,
            at: event.occurredAt,
            inError: null,
          },
        ],
      };
    case 'CoordinatorAssigned':
      return { ...state, coordinator: event.coordinator };
    case 'CoordinatorTransferred':
      return { ...state, coordinator: event.to };
    case 'PiketRequested':
      return {
        ...state,
        requests: {
          ...state.requests,
          [event.piketRequestId]: {
            piketRequestId: event.piketRequestId,
            status: 'OPEN',
            askedBy: event.askedBy,
            askedKind: event.askedKind,
            route: event.route,
            localKnowledgeNeeded: event.localKnowledgeNeeded,
            respondBy: event.respondBy,
            at: event.occurredAt,
            lastEscalation: null,
          },
        },
      };
    case 'ContactAttempted':
      return {
        ...state,
        attempts: {
          ...state.attempts,
          [event.attemptId]: {
            attemptId: event.attemptId,
            piketRequestId: event.piketRequestId,
            at: event.occurredAt,
            inError: null,
          },
        },
      };
    case 'ContactSucceeded':
      return contacted(state, event);
    case 'PiketRequestEscalated':
      return escalated(state, event);
    case 'PiketRequestWithdrawn':
      return withRequestStatus(state, event.piketRequestId, 'WITHDRAWN');
    case 'PiketRequestExpired':
      return withRequestStatus(state, event.piketRequestId, 'EXPIRED');
    case 'PiketConversationRecorded':
      return withAccount(state, event.conversationId, event.side, {
        status: 'RECORDED',
        registrationId: event.registrationId,
        recordedBy: event.recordedBy,
        at: event.occurredAt,
        account: event.account,
        lastCorrection: null,
      });
    case 'CaseReferred':
      return {
        ...state,
        referrals: {
          ...state.referrals,
          [event.referralId]: {
            referralId: event.referralId,
            status: 'OPEN',
            referredBy: event.referredBy,
            to: event.to,
            warmth: event.warmth,
            handoverId: event.handoverId,
            respondBy: event.respondBy,
            at: event.occurredAt,
            answeredBy: null,
          },
        },
        handovers:
          event.handoverId !== null && byId(state.handovers, event.handoverId) !== undefined
            ? changed(state.handovers, event.handoverId, (handover) => ({
                ...handover,
                referralId: event.referralId,
              }))
            : state.handovers,
      };
    case 'ReferralAccepted':
      return {
        ...state,
        referrals: changed(state.referrals, event.referralId, (referral) => ({
          ...referral,
          status: 'ACCEPTED',
          answeredBy: event.acceptedBy,
        })),
      };
    case 'ReferralDeclined':
      return {
        ...state,
        referrals: changed(state.referrals, event.referralId, (referral) => ({
          ...referral,
          status: 'DECLINED',
          answeredBy: event.declinedBy,
        })),
      };
    case 'ReferralLapsed':
      return {
        ...state,
        referrals: changed(state.referrals, event.referralId, (referral) => ({
          ...referral,
          status: 'LAPSED',
        })),
      };
    case 'ToevoegingRequested':
      return {
        ...state,
        toevoegingen: {
          ...state.toevoegingen,
          [event.toevoegingId]: {
            toevoegingId: event.toevoegingId,
            status: 'REQUESTED',
            kind: event.kind,
            ground: null,
            at: event.occurredAt,
            inError: null,
          },
        },
      };
    case 'ToevoegingGranted':
      return {
        ...state,
        toevoegingen: changed(state.toevoegingen, event.toevoegingId, (toevoeging) => ({
          ...toevoeging,
          status: 'GRANTED',
        })),
      };
    case 'ToevoegingRefused':
      return {
        ...state,
        toevoegingen: changed(state.toevoegingen, event.toevoegingId, (toevoeging) => ({
          ...toevoeging,
          status: 'REFUSED',
          ground: event.ground,
        })),
      };
    case 'HandoverPrepared':
      return {
        ...state,
        handovers: {
          ...state.handovers,
          [event.handoverId]: {
            handoverId: event.handoverId,
            status: 'PREPARED',
            referralId: event.referralId,
            preparedBy: event.preparedBy,
            consent: { status: 'NOT_ASKED' },
            at: event.occurredAt,
            returned: null,
          },
        },
      };
    case 'HandoverConsentGiven':
      return withHandover(state, event, (handover) => ({
        ...handover,
        consent: { status: 'GIVEN', form: event.form },
      }));
    case 'HandoverConsentRefused':
      return withHandover(state, event, (handover) => ({ ...handover, consent: { status: 'REFUSED' } }));
    case 'HandoverConsentWithdrawn':
      return withHandover(state, event, (handover) => ({
        ...(handover.status === 'PREPARED'
          ? handover
          : backWithSender(handover, { how: 'CONSENT_WITHDRAWN' })),
        consent: { status: 'WITHDRAWN' },
      }));
    case 'HandoverOffered':
      return withHandover(state, event, (handover) => offered(handover, event));
    case 'HandoverAccepted':
      return withHandover(state, event, (handover) => ({
        ...withReceiver(handover),
        status: 'ACCEPTED',
      }));
    case 'WarmHandoverCompleted':
      return {
        ...withHandover(state, event, (handover) => ({ ...withReceiver(handover), status: 'COMPLETED' })),
        handedOver: [...state.handedOver, event.handoverId],
      };
    case 'HandoverDeclined':
      return withHandover(state, event, (handover) =>
        backWithSender(handover, { how: 'DECLINED', by: event.declinedBy, reason: event.reason }),
      );
    case 'HandoverLapsed':
      return withHandover(state, event, (handover) => backWithSender(handover, { how: 'LAPSED' }));
    case 'FlaggedForSignalering':
      return {
        ...state,
        flags: {
          ...state.flags,
          [event.flagId]: {
            flagId: event.flagId,
            registrationId: event.registrationId,
            flaggedBy: event.flaggedBy,
            byRelevance: event.kind === null,
            at: event.occurredAt,
            withdrawn: null,
          },
        },
      };
    case 'FlagWithdrawn':
      return {
        ...state,
        flags: changed(state.flags, event.flagId, (flag) => ({ ...flag, withdrawn: event.reason })),
      };
    case 'CaseClosed': {
      const { closedBy, outcome, solution, occurredAt: at } = event;
      return { ...fileOf(state), status: 'CLOSED', closing: { closedBy, outcome, solution, at } };
    }
    case 'CaseReopened':
      return {
        ...fileOf(state),
        status: 'OPEN',
        lastReopening: { reason: event.reason, at: event.occurredAt },
      };
    case 'RegistrationCorrected':
      return corrected(state, event);
    case 'ConversationCorrected': {
      const account = found(state.conversations, event.conversationId).accounts[event.side];
      if (account.status !== 'RECORDED') {
        throw new Error(`conversation ${event.conversationId} has no account to correct`);
      }
      return withAccount(state, event.conversationId, event.side, {
        ...account,
        account: event.account,
        lastCorrection: { reason: event.reason, at: event.occurredAt },
      });
    }
    case 'FactEnteredInError':
      return enteredInError(state, event);
    case 'ConflictWallRaised': {
      const { wallId, against, occurredAt: at } = event;
      return { ...state, walls: { ...state.walls, [wallId]: { wallId, against, at, lifted: null } } };
    }
    case 'ConflictWallLifted':
      return {
        ...state,
        walls: changed(state.walls, event.wallId, (wall) => ({
          ...wall,
          lifted: { by: event.liftedBy, at: event.occurredAt },
        })),
      };
    case 'EmergencyAccessTaken': {
      const { emergencyId, takenBy, until, reviewBy, occurredAt: at } = event;
      const taken = { emergencyId, takenBy, at, until, reviewBy, review: null };
      return { ...state, emergencies: { ...state.emergencies, [emergencyId]: taken } };
    }
    case 'EmergencyAccessReviewed':
      return {
        ...state,
        emergencies: changed(state.emergencies, event.emergencyId, (taken) => ({
          ...taken,
          review: { by: event.reviewedBy, verdict: event.verdict, at: event.occurredAt },
        })),
      };
    default:
      event satisfies never;
      return state;
  }
};

const contacted = (state: RegisteredCase, event: ContactSucceeded): RegisteredCase => {
  const conversation: ConversationState = {
    conversationId: event.conversationId,
    contactId: event.contactId,
    piketRequestId: event.piketRequestId,
    reportedBy: event.reportedBy,
    initiatedBy: event.initiatedBy,
    reachedKind: event.reachedKind,
    reachedProfessionalId: event.reachedProfessionalId,
    at: event.occurredAt,
    inError: null,
    accounts: { ASKING: { status: 'AWAITED' }, CONSULTED: { status: 'AWAITED' } },
  };
  const conversations = { ...state.conversations, [event.conversationId]: conversation };
  return event.piketRequestId === null
    ? { ...state, conversations }
    : { ...withRequestStatus(state, event.piketRequestId, 'CONTACTED'), conversations };
};

const escalated = (state: RegisteredCase, event: PiketRequestEscalated): RegisteredCase => ({
  ...state,
  requests: changed(state.requests, event.piketRequestId, (request) => ({
    ...request,
    route: event.to === 'HELPLINE' ? 'HELPLINE' : request.route,
    lastEscalation: {
      to: event.to,
      reason: event.reason,
      at: event.occurredAt,
      afterAttempts: failedAttempts(state, event.piketRequestId),
    },
  })),
});

const offered = (handover: HandoverState, event: HandoverOffered): HandoverWithReceiver => ({
  handoverId: handover.handoverId,
  status: 'OFFERED',
  referralId: handover.referralId,
  preparedBy: handover.preparedBy,
  consent: handover.consent,
  at: event.occurredAt,
  offer: { by: event.offeredBy, to: event.to, respondBy: event.respondBy, at: event.occurredAt },
});

const withReceiver = (handover: HandoverState): HandoverWithReceiver => {
  if (handover.status === 'PREPARED') throw new Error(`handover ${handover.handoverId} was never offered`);
  return handover;
};

const backWithSender = (
  handover: HandoverState,
  returned: HandoverWithSender['returned'],
): HandoverWithSender => ({
  handoverId: handover.handoverId,
  status: 'PREPARED',
  referralId: handover.referralId,
  preparedBy: handover.preparedBy,
  consent: handover.consent,
  at: handover.at,
  returned,
});

const corrected = (state: RegisteredCase, event: RegistrationCorrected): RegisteredCase => ({
  ...state,
  registrations: changed(state.registrations, event.registrationId, (registration) => {
    const lastCorrection = { reason: event.reason, at: event.occurredAt };
    if (registration.role === 'COUNTERPART') {
      return { ...registration, signaleringRelevance: event.signaleringRelevance, lastCorrection };
    }
    if (registration.role === 'OWN' && event.facts !== null) {
      return { ...registration, facts: event.facts, lastCorrection };
    }
    throw new Error(`registration ${event.registrationId} cannot have been corrected like this`);
  }),
});

const enteredInError = (state: RegisteredCase, event: FactEnteredInError): RegisteredCase => {
  const { fact, reason } = event;
  switch (fact.kind) {
    case 'CONTACT_ATTEMPT':
      return {
        ...state,
        attempts: changed(state.attempts, fact.id, (attempt) => ({ ...attempt, inError: reason })),
      };
    case 'CONTACT': {
      const conversation = Object.values(state.conversations).find(({ contactId }) => contactId === fact.id);
      if (conversation === undefined) throw new Error(`the history knows no ${fact.id}`);
      const conversations = {
        ...state.conversations,
        [conversation.conversationId]: { ...conversation, inError: reason },
      };
      return conversation.piketRequestId === null
        ? { ...state, conversations }
        : { ...withRequestStatus(state, conversation.piketRequestId, 'OPEN'), conversations };
    }
    case 'CONVERSATION_ACCOUNT':
      return withAccount(state, fact.id, fact.side, { status: 'IN_ERROR', reason });
    case 'SELF_RELIANCE_ASSESSMENT':
      return {
        ...state,
        assessments: state.assessments.map((assessment) =>
          assessment.assessmentId === fact.id ? { ...assessment, inError: reason } : assessment,
        ),
      };
    case 'TOEVOEGING':
      return {
        ...state,
        toevoegingen: changed(state.toevoegingen, fact.id, (toevoeging) => ({
          ...toevoeging,
          inError: reason,
        })),
      };
    default:
      fact satisfies never;
      return state;
  }
};

const withRequestStatus = (
  state: RegisteredCase,
  piketRequestId: string,
  status: 'OPEN' | 'CONTACTED' | 'WITHDRAWN' | 'EXPIRED',
): RegisteredCase => ({
  ...state,
  requests: changed(state.requests, piketRequestId, (request) => ({ ...request, status })),
});

const withAccount = (
  state: RegisteredCase,
  conversationId: string,
  side: ConversationSide,
  account: AccountState,
): RegisteredCase => ({
  ...state,
  conversations: changed(state.conversations, conversationId, (conversation) => ({
    ...conversation,
    accounts: { ...conversation.accounts, [side]: account },
  })),
});

const withHandover = (
  state: RegisteredCase,
  event: { readonly handoverId: string; readonly occurredAt: string },
  change: (handover: HandoverState) => HandoverState,
): RegisteredCase => ({
  ...state,
  handovers: changed(state.handovers, event.handoverId, (handover) => ({
    ...change(handover),
    at: event.occurredAt,
  })),
});

const withControllers = (state: RegisteredCase, controllers: readonly string[]): RegisteredCase =>
  controllers === state.controllers ? state : { ...state, controllers };

const fileOf = (state: RegisteredCase): CaseFile => ({
  caseId: state.caseId,
  registrationCode: state.registrationCode,
  registrationId: state.registrationId,
  registeredAt: state.registeredAt,
  clientId: state.clientId,
  registrations: state.registrations,
  assessments: state.assessments,
  coordinator: state.coordinator,
  requests: state.requests,
  attempts: state.attempts,
  conversations: state.conversations,
  referrals: state.referrals,
  toevoegingen: state.toevoegingen,
  handovers: state.handovers,
  flags: state.flags,
  handedOver: state.handedOver,
  walls: state.walls,
  emergencies: state.emergencies,
  controllers: state.controllers,
  former: state.former,
  erasures: state.erasures,
  lastReopening: state.lastReopening,
});

const changed = <T>(things: ById<T>, id: string, change: (thing: T) => T): ById<T> => ({
  ...things,
  [id]: change(found(things, id)),
});

const found = <T>(things: ById<T>, id: string): T => {
  const thing = byId(things, id);
  if (thing === undefined) throw new Error(`the history knows no ${id}`);
  return thing;
};
