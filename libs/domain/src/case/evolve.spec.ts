import {
  after,
  assessed,
  caseId,
  joined,
  lawyersAccount,
  reached,
  registered,
} from '../test-support/case-story.js';
import { piketLawyer, piketLawyersColleague, time } from '../test-support/people.js';
import { evolveCase, notRegistered } from './evolve.js';
import type { CaseEvent } from './events.js';
import { isComplete, relevanceOf, wasConsulted } from './views.js';

describe('folding the history of a case', () => {
  it('breaks on a history that does not begin with a registration', () => {
    const event: CaseEvent = {
      type: 'PiketRequestWithdrawn',
      caseId,
      occurredAt: time('09:00'),
      piketRequestId: 'request-1',
    };
    expect(() => evolveCase(notRegistered, event)).toThrow('begins with PiketRequestWithdrawn');
  });

  it('breaks on a history that speaks of what it does not know', () => {
    const event: CaseEvent = {
      type: 'PiketRequestWithdrawn',
      caseId,
      occurredAt: time('10:00'),
      piketRequestId: 'toString',
    };
    expect(() => evolveCase(after(registered()), event)).toThrow('knows no toString');
  });

  it.each(['own-registration', 'counterpart-registration'])(
    'breaks on a correction that %s cannot have had',
    (registrationId) => {
      const linked: CaseEvent = {
        type: 'RegistrationLinked',
        caseId,
        occurredAt: time('10:00'),
        role: 'HOST',
        hostCaseId: caseId,
        guestCaseId: 'guest-case',
        registrationId: 'counterpart-registration',
        registeredBy: piketLawyer,
        side: 'CONSULTED',
        conversationId: null,
      };
      const event: CaseEvent = {
        type: 'RegistrationCorrected',
        caseId,
        occurredAt: time('11:00'),
        registrationId,
        facts: null,
        signaleringRelevance: 'NO',
        reason: 'TYPING_MISTAKE',
      };
      expect(() => evolveCase(evolveCase(after(registered()), linked), event)).toThrow(
        'cannot have been corrected like this',
      );
    },
  );

  it('lets a reader pass over an event of a later time', () => {
    const state = after(registered(), assessed());
    const unknown = { type: 'ActionAgreed', caseId, occurredAt: time('13:00') } as unknown as CaseEvent;
    expect(evolveCase(state, unknown)).toBe(state);
  });

  it('never changes the state that it started from', () => {
    const state = after(registered(), reached());
    const before = structuredClone(state);
    evolveCase(state, {
      type: 'PiketConversationRecorded',
      caseId,
      occurredAt: time('10:00'),
      conversationId: 'conversation-1',
      side: 'ASKING',
      registrationId: 'own-registration',
      recordedBy: piketLawyer,
      account: lawyersAccount.account,
    });
    expect(state).toEqual(before);
  });
});

describe('what a folded case tells', () => {
  const state = after(registered(), reached(), joined({ signaleringRelevance: 'NOT_ANSWERED' }));
  if (state.status !== 'OPEN') throw new Error('the story leaves the case open');

  it('is the relevance that each registration stated', () => {
    expect(Object.values(state.registrations).map(relevanceOf)).toEqual(['NO', 'NOT_ANSWERED']);
  });

  it('is who was consulted', () => {
    expect(wasConsulted(state, 'piket-lawyer')).toBe(true);
    expect(wasConsulted(state, 'raadslied')).toBe(false);
  });

  it('is who was consulted, also when a colleague registered', () => {
    const told: CaseEvent = {
      type: 'PiketConversationRecorded',
      caseId,
      occurredAt: time('11:30'),
      conversationId: 'conversation-1',
      side: 'CONSULTED',
      registrationId: 'counterpart-registration',
      recordedBy: piketLawyersColleague,
      account: lawyersAccount.account,
    };
    const after = evolveCase(state, told);
    expect(after.status === 'OPEN' && wasConsulted(after, 'piket-lawyers-colleague')).toBe(true);
    expect(wasConsulted(state, 'piket-lawyers-colleague')).toBe(false);
  });

  it('is which conversations are complete', () => {
    expect(Object.values(state.conversations).filter(isComplete)).toEqual([]);
  });
});
