import {
  caseDecider,
  isRefusal,
  type CaseCommand,
  type CaseEvent,
  type DecisionContext,
  type Party,
  type ProgrammePolicy,
  type Refusal,
} from '@spil/domain';
import { idOf } from './keys.js';
import { pilotPlan } from './plan.js';
import { policies } from './reference-data.js';
import type {
  Account,
  Contact,
  PilotCase,
  PilotProfessional,
  PilotStep,
  Question,
  Registration,
} from './steps.js';

const partyOf = (person: PilotProfessional): Party => ({
  professionalId: person.id,
  organisationId: person.organisation.id,
  organisationKind: person.kind,
  locationId: person.location.id,
});
// The domain never looks into a sealed value: these tests leave them out.
const registrationOf = (
  { client: _client, kind, ...registration }: Registration,
  id: (name: string) => string,
) => ({
  registrationId: id('registration'),
  registrationCode: id('code'),
  registrationKind: kind,
  clientId: id('client'),
  client: null,
  voicemailAllowed: registration.voicemailAllowed,
  interpreterNeeded: registration.interpreterNeeded,
  facts: { ...registration, opposingPartyName: null, clientQuestion: null, professionalQuestion: null },
  flagId: id('flag'),
});
const contactOf = ({ reached, ...contact }: Contact, id: (name: string) => string) => ({
  ...contact,
  reachedProfessionalId: reached?.id ?? null,
  contactId: id('contact'),
  conversationId: id('conversation'),
});
const accountOf = (account: Account) => ({ ...account, advice: null, motivation: null });
const questionOf = (question: Question, id: (name: string) => string) =>
  ({ ...question, piketRequestId: id('request'), to: { route: 'LOCAL_DESK' } }) as const;

/** The domain's command behind a step; ids that the product would make are derived from their names. */
function commandOf(one: PilotCase, step: PilotStep, policy: ProgrammePolicy): CaseCommand {
  const id = (name: string): string => idOf(`${one.key}/${name}`);
  const base = { caseId: id('case') };
  const { action } = step;
  switch (action.do) {
    case 'registerCase': {
      const opened = { contactId: id('contact'), conversationId: id('conversation') };
      return { type: 'RegisterCase', ...base, ...registrationOf(action.with, id), ...opened };
    }
    case 'registerCaseWithConversation':
      return {
        type: 'RegisterCaseWithConversation',
        ...base,
        registration: registrationOf(action.with.registration, id),
        request: action.with.request && questionOf(action.with.request, id),
        failedAttempts: action.with.failedAttempts.map((result, at) => ({
          attemptId: id(`attempt-${at}`),
          result,
        })),
        contact: contactOf(action.with.contact, id),
        account: action.with.account && accountOf(action.with.account),
        policy,
      };
    case 'registerCounterpart': {
      const { side, signaleringRelevance, account } = action.with;
      return {
        type: 'RegisterCounterpart',
        ...base,
        registrationId: id('counterpart'),
        side,
        note: null,
        signaleringRelevance,
        flagId: id('counterpart-flag'),
        contact: null,
        account: account && { conversationId: id('conversation'), account: accountOf(account) },
      };
    }
    case 'requestPiket':
      return { type: 'RequestPiket', ...base, ...questionOf(action.with, id), policy };
    case 'recordContactAttempt':
      return {
        type: 'RecordContactAttempt',
        ...base,
        attemptId: step.commandId,
        piketRequestId: id('request'),
        result: action.with.result,
        callBackAt: null,
      };
    case 'withdrawPiketRequest':
      return { type: 'WithdrawPiketRequest', ...base, piketRequestId: id('request') };
    case 'recordContact': {
      const { afterRequest, ...contact } = action.with;
      return {
        type: 'RecordContact',
        ...base,
        ...contactOf(contact, id),
        piketRequestId: afterRequest ? id('request') : null,
      };
    }
    case 'recordConversation': {
      const { side, account } = action.with;
      const registrationId = id(side === 'ASKING' ? 'registration' : 'counterpart');
      const conversationId = id('conversation');
      return {
        type: 'RecordConversation',
        ...base,
        conversationId,
        side,
        registrationId,
        account: accountOf(account),
      };
    }
    case 'assessSelfReliance':
      return {
        type: 'AssessSelfReliance',
        ...base,
        assessmentId: step.commandId,
        ...action.with,
        indicators: null,
      };
    case 'assignCoordinator':
      return { type: 'AssignCoordinator', ...base, coordinator: partyOf(action.with.coordinator) };
    case 'transferCoordinator':
      return {
        type: 'TransferCoordinator',
        ...base,
        to: partyOf(action.with.to),
        reason: action.with.reason,
      };
    case 'referCase': {
      const { referral, to, manner, toevoegingKind } = action.with;
      return {
        type: 'ReferCase',
        ...base,
        referralId: id(referral),
        to: {
          organisationId: to.organisation.id,
          organisationKind: to.organisation.kind,
          professionalId: to.professional?.id ?? null,
        },
        // A reason stands as something sealed; that it is there is all the domain sees.
        manner:
          manner.warmth === 'WARM'
            ? { warmth: 'WARM', handoverId: id(manner.handover) }
            : { warmth: 'COLD', coldReason: manner.coldReason as never },
        toevoegingKind,
        policy,
      };
    }
    case 'acceptReferral':
      return { type: 'AcceptReferral', ...base, referralId: id(action.with.referral), policy };
    case 'declineReferral': {
      const { referral, reason } = action.with;
      return { type: 'DeclineReferral', ...base, referralId: id(referral), reason, explanation: null };
    }
    case 'requestToevoeging': {
      const { toevoeging, referral, kind } = action.with;
      return {
        type: 'RequestToevoeging',
        ...base,
        toevoegingId: id(toevoeging),
        referralId: id(referral),
        kind,
      };
    }
    case 'grantToevoeging':
      return { type: 'GrantToevoeging', ...base, toevoegingId: id(action.with.toevoeging) };
    case 'refuseToevoeging':
      return {
        type: 'RefuseToevoeging',
        ...base,
        toevoegingId: id(action.with.toevoeging),
        ground: action.with.ground,
      };
    case 'prepareHandover': {
      const { handover, referral, dossier } = action.with;
      return {
        type: 'PrepareHandover',
        ...base,
        handoverId: id(handover),
        referralId: id(referral),
        dossier: dossier as never,
      };
    }
    case 'giveHandoverConsent':
      return {
        type: 'GiveHandoverConsent',
        ...base,
        handoverId: id(action.with.handover),
        form: action.with.form,
      };
    case 'offerHandover':
      return {
        type: 'OfferHandover',
        ...base,
        handoverId: id(action.with.handover),
        to: partyOf(action.with.to),
        policy,
      };
    case 'acceptHandover':
      return { type: 'AcceptHandover', ...base, handoverId: id(action.with.handover) };
    case 'completeHandover':
      return { type: 'CompleteHandover', ...base, handoverId: id(action.with.handover) };
    case 'declineHandover': {
      const { handover, reason } = action.with;
      return { type: 'DeclineHandover', ...base, handoverId: id(handover), reason, explanation: null };
    }
    case 'closeCase':
      return { type: 'CloseCase', ...base, ...action.with };
    default:
      return action satisfies never;
  }
}

/** Runs a case through the domain; the events it accepted, and the first refusal if there is one. */
function run(one: PilotCase): { events: CaseEvent[]; refused: { step: string; refusal: Refusal } | null } {
  let state = caseDecider.initialState;
  const events: CaseEvent[] = [];
  for (const step of one.steps) {
    const location = one.steps[0]?.by.location;
    const policy = policies.find((each) => each.location === location)?.policy;
    if (policy === undefined) throw new Error('a location without policy');
    const context: DecisionContext = {
      actor: { kind: 'PROFESSIONAL', ...partyOf(step.by) },
      mandate: 'IMPORT',
      occurredAt: step.at,
      recordedAt: '2026-01-05T09:00:00.000Z',
    };
    const decision = caseDecider.decide(commandOf(one, step, policy), state, context);
    if (isRefusal(decision)) return { events, refused: { step: step.key, refusal: decision } };
    for (const event of decision) state = caseDecider.evolve(state, event);
    events.push(...decision);
  }
  return { events, refused: null };
}

describe.each([2021, 3, 8, 21])('the plan drawn from seed %i, decided by the domain', (seed) => {
  const runs = pilotPlan({ seed }).cases.map(run);
  const events = runs.flatMap((each) => each.events);

  it('is accepted in every step', () => {
    expect(runs.flatMap((each) => each.refused ?? [])).toEqual([]);
  });

  it('starts no deadlines', () => {
    expect(events.filter((event) => 'respondBy' in event && event.respondBy !== null)).toEqual([]);
  });

  it('flags the registrations that are relevant for the signaleringsoverleg, and nothing else', () => {
    expect(events.filter((event) => event.type === 'FlaggedForSignalering')).toHaveLength(130 + 42);
  });

  it('opens 440 cases and lets 117 counterparts register', () => {
    expect(events.filter((event) => event.type === 'CaseRegistered')).toHaveLength(440);
    expect(events.filter((event) => event.type === 'CounterpartRegistered')).toHaveLength(117);
  });
});
