import {
  dayInNetherlands,
  type CaseEvent,
  type ConversationSide,
  type FactReference,
  type ProfessionalEvent,
} from '@spil/domain';
import type { EventMap, FoldStep, Folded } from '../runtime/projection.js';
import type {
  AccountFigures,
  CaseFigures,
  FigureState,
  HandoverFigures,
  ProfessionalFigures,
} from './figure-state.js';
import { whoIs } from './figure-state.js';
import { ledgerEntries, type LedgerEntry } from './ledger-entries.js';

type FigureEvent = CaseEvent | ProfessionalEvent;
type Result = Folded<FigureState, LedgerEntry>;

/** What each event changes in what its stream contributes. */
export const figureSteps: EventMap<FigureState, LedgerEntry, FigureEvent> = {
  CaseRegistered: (state, step) => {
    if (state) throw new Error('the case was registered twice');
    const { facts, registrationId, registrationKind, registeredBy, occurredAt } = step.event;
    return counted(undefined, step, {
      of: 'CASE',
      area: facts.primaryArea,
      municipality: facts.clientMunicipality ?? '',
      registrations: [
        {
          registrationId,
          kind: registrationKind,
          who: whoIs(registeredBy),
          at: occurredAt,
          day: dayInNetherlands(occurredAt),
          relevance: facts.signaleringRelevance,
        },
      ],
      linked: [],
      requests: [],
      contacts: [],
      accounts: [],
      referrals: [],
      handovers: [],
    });
  },
  CounterpartRegistered: (state, step) =>
    changed(state, step, ({ registrations }) => {
      const { registrationId, registeredBy, occurredAt, signaleringRelevance } = step.event;
      const registration = {
        registrationId,
        kind: 'COUNTERPART',
        who: whoIs(registeredBy),
        at: occurredAt,
        day: dayInNetherlands(occurredAt),
        relevance: signaleringRelevance,
      };
      return { registrations: [...registrations, registration] };
    }),
  RegistrationLinked: (state, step) =>
    changed(state, step, ({ linked, accounts }) => {
      const { role, registrationId, registeredBy, conversationId, side, occurredAt } = step.event;
      // The guest's own stream goes on counting its registration; only the host gains by the link.
      if (role === 'GUEST') return {};
      const link = { registrationId, who: whoIs(registeredBy), day: dayInNetherlands(occurredAt) };
      return {
        linked: [...linked, link],
        ...(conversationId !== null && {
          accounts: withAccount(accounts, { ...link, conversationId, side, recorded: null }),
        }),
      };
    }),
  SelfRelianceAssessed: null,
  CoordinatorAssigned: null,
  CoordinatorTransferred: null,

  PiketRequested: (state, step) =>
    changed(state, step, ({ requests }) => {
      const { piketRequestId, askedBy, askedKind, area, occurredAt } = step.event;
      const day = dayInNetherlands(occurredAt);
      return {
        requests: [
          ...requests,
          { piketRequestId, who: whoIs(askedBy), askedKind, area, at: occurredAt, day },
        ],
      };
    }),
  ContactAttempted: null,
  ContactSucceeded: (state, step) =>
    changed(state, step, ({ contacts }) => {
      const { contactId, conversationId, piketRequestId, reportedBy, reachedKind } = step.event;
      const { initiatedBy, occurredAt, delayMinutes } = step.event;
      const contact = {
        contactId,
        conversationId,
        piketRequestId,
        who: whoIs(reportedBy),
        reachedKind,
        initiatedBy,
        at: occurredAt,
        day: dayInNetherlands(occurredAt),
        delayMinutes,
      };
      return { contacts: [...contacts, contact] };
    }),
  PiketRequestEscalated: null,
  PiketRequestWithdrawn: null,
  PiketRequestExpired: null,
  PiketConversationRecorded: (state, step) =>
    changed(state, step, ({ accounts }) => {
      const { conversationId, side, registrationId, recordedBy, account, occurredAt } = step.event;
      return {
        accounts: withAccount(accounts, {
          conversationId,
          side,
          registrationId,
          who: whoIs(recordedBy),
          day: dayInNetherlands(occurredAt),
          recorded: { rating: account.rating, lat: account.latWithoutDesk },
        }),
      };
    }),

  CaseReferred: (state, step) =>
    changed(state, step, ({ referrals }) => {
      const { referralId, referredBy, occurredAt } = step.event;
      return {
        referrals: [...referrals, { referralId, who: whoIs(referredBy), at: occurredAt, accepted: null }],
      };
    }),
  ReferralAccepted: (state, step) =>
    changed(state, step, ({ referrals }) => ({
      referrals: referrals.map((referral) =>
        referral.referralId === step.event.referralId ? { ...referral, accepted: moment(step) } : referral,
      ),
    })),
  ReferralDeclined: null,
  ReferralLapsed: null,
  ToevoegingRequested: null,
  ToevoegingGranted: null,
  ToevoegingRefused: null,

  HandoverPrepared: (state, step) =>
    changed(state, step, ({ handovers }) => ({
      handovers: [
        ...handovers,
        {
          handoverId: step.event.handoverId,
          who: whoIs(step.event.preparedBy),
          day: dayInNetherlands(step.event.occurredAt),
          status: 'PREPARED',
          offeredAt: null,
          accepted: null,
          completed: null,
        },
      ],
    })),
  HandoverConsentGiven: (state, step) => handover(state, step, { status: 'CONSENTED' }),
  HandoverConsentRefused: (state, step) => handover(state, step, { status: 'CONSENT_REFUSED' }),
  HandoverConsentWithdrawn: (state, step) => handover(state, step, { status: 'CONSENT_WITHDRAWN' }),
  HandoverOffered: (state, step) =>
    handover(state, step, { status: 'OFFERED', offeredAt: step.event.occurredAt }),
  HandoverAccepted: (state, step) => handover(state, step, { status: 'ACCEPTED', accepted: moment(step) }),
  WarmHandoverCompleted: (state, step) =>
    handover(state, step, { status: 'COMPLETED', completed: moment(step) }),
  HandoverDeclined: (state, step) => handover(state, step, { status: 'DECLINED' }),
  HandoverLapsed: (state, step) => handover(state, step, { status: 'LAPSED' }),

  // A registration's own answer is what the figures count, whether or not a flag came of it or still stands.
  FlaggedForSignalering: null,
  FlagWithdrawn: null,
  CaseClosed: null,
  CaseReopened: null,
  // Counts stay as they are: figures hold nothing personal.
  ClientErasureOrdered: null,
  ClientDataErased: null,

  RegistrationCorrected: (state, step) =>
    changed(state, step, ({ registrations, area, municipality }) => {
      const { registrationId, facts, signaleringRelevance } = step.event;
      return {
        area: facts ? facts.primaryArea : area,
        municipality: facts ? (facts.clientMunicipality ?? '') : municipality,
        registrations: registrations.map((registration) =>
          registration.registrationId === registrationId
            ? { ...registration, relevance: signaleringRelevance }
            : registration,
        ),
      };
    }),
  ConversationCorrected: (state, step) =>
    changed(state, step, ({ accounts }) => {
      const { conversationId, side, account } = step.event;
      const recorded = { rating: account.rating, lat: account.latWithoutDesk };
      return {
        accounts: accounts.map((known) =>
          isAccountOf(known, conversationId, side) ? { ...known, recorded } : known,
        ),
      };
    }),
  FactEnteredInError: (state, step) => changed(state, step, (current) => without(current, step.event.fact)),

  // Who may see a case is no figure.
  ConflictWallRaised: null,
  ConflictWallLifted: null,
  EmergencyAccessTaken: null,
  EmergencyAccessReviewed: null,

  ProfessionalRegistered: (state, step) => {
    if (state) throw new Error('the professional was registered twice');
    const who = whoIs(step.event);
    const day = dayInNetherlands(step.event.occurredAt);
    return counted(undefined, step, {
      of: 'PROFESSIONAL',
      who,
      present: true,
      changes: [{ day, who, count: 1 }],
    });
  },
  ProfessionalMoved: (state, step) =>
    ofProfessional(state, step, ({ who: from, present, changes }, day) => {
      const who = whoIs(step.event);
      if (!present) return { who };
      return { who, changes: [...changes, { day, who: from, count: -1 }, { day, who, count: 1 }] };
    }),
  ProfessionalDetailsChanged: null,
  ProfessionalDeactivated: (state, step) =>
    ofProfessional(state, step, ({ who, present, changes }, day) =>
      present && step.event.reason === 'LEFT'
        ? { present: false, changes: [...changes, { day, who, count: -1 }] }
        : {},
    ),
  ProfessionalReactivated: (state, step) =>
    ofProfessional(state, step, ({ who, present, changes }, day) =>
      present ? {} : { present: true, changes: [...changes, { day, who, count: 1 }] },
    ),
  // Who was counted stays counted, by id.
  ProfessionalErasureOrdered: null,
  ProfessionalDetailsErased: null,
};

const counted = (before: FigureState | undefined, step: FoldStep, after: FigureState): Result => ({
  document: after,
  entries: ledgerEntries(step, before, after),
});

function changed(
  state: FigureState | undefined,
  step: FoldStep<CaseEvent>,
  change: (state: CaseFigures) => Partial<CaseFigures>,
): Result {
  if (state?.of !== 'CASE') throw new Error('the case begins with something else than its registration');
  return counted(state, step, { ...state, ...change(state) });
}

function ofProfessional(
  state: FigureState | undefined,
  step: FoldStep<ProfessionalEvent>,
  change: (state: ProfessionalFigures, day: string) => Partial<ProfessionalFigures>,
): Result {
  if (state?.of !== 'PROFESSIONAL') throw new Error('a professional changed who was never registered');
  return counted(state, step, { ...state, ...change(state, dayInNetherlands(step.event.occurredAt)) });
}

type HandoverStep = FoldStep<
  Extract<CaseEvent, { readonly handoverId: string; readonly type: `${string}Handover${string}` }>
>;

const handover = (
  state: FigureState | undefined,
  step: HandoverStep,
  change: Partial<HandoverFigures>,
): Result =>
  changed(state, step, ({ handovers }) => ({
    handovers: handovers.map((known) =>
      known.handoverId === step.event.handoverId ? { ...known, ...change } : known,
    ),
  }));

const moment = ({ event: { occurredAt } }: FoldStep): { at: string; day: string } => ({
  at: occurredAt,
  day: dayInNetherlands(occurredAt),
});

const isAccountOf = (account: AccountFigures, conversationId: string, side: ConversationSide): boolean =>
  account.conversationId === conversationId && account.side === side;

/** A side has one account of a conversation: one given anew after an error takes the place of none. */
const withAccount = (accounts: readonly AccountFigures[], account: AccountFigures): AccountFigures[] => [
  ...accounts.filter((known) => !isAccountOf(known, account.conversationId, account.side)),
  account,
];

function without(state: CaseFigures, fact: FactReference): Partial<CaseFigures> {
  switch (fact.kind) {
    case 'CONTACT':
      return { contacts: state.contacts.filter(({ contactId }) => contactId !== fact.id) };
    case 'CONVERSATION_ACCOUNT':
      return { accounts: state.accounts.filter((account) => !isAccountOf(account, fact.id, fact.side)) };
    case 'CONTACT_ATTEMPT':
    case 'SELF_RELIANCE_ASSESSMENT':
    case 'TOEVOEGING':
      return {};
  }
}
