import {
  account,
  after,
  caseId,
  closed,
  consultedAccount,
  given,
  joined,
  lawyersAccount,
  reached,
  registered,
  requested,
  step,
  told,
} from '../../test-support/case-story.js';
import {
  by,
  loketMedewerker,
  piketLawyer,
  raadslied,
  raadsliedsColleague,
  sealed,
  time,
} from '../../test-support/people.js';
import type { Step } from '../../test-support/scenario.js';
import type { CaseCommand } from '../commands.js';
import type { PiketConversationRecorded } from '../events.js';
import { conversationsAwaiting, isComplete } from '../views.js';

const recorded: PiketConversationRecorded = {
  type: 'PiketConversationRecorded',
  caseId,
  occurredAt: time('10:00'),
  conversationId: 'conversation-1',
  side: 'ASKING',
  registrationId: 'own-registration',
  recordedBy: raadslied,
  account,
};

const lawyerTold = told(
  { side: 'CONSULTED', registrationId: 'counterpart-registration', account: consultedAccount },
  by(piketLawyer, time('11:30')),
);

const never = (event: string) => new Error(`unexpected state after ${event}`);

const conversationAfter = (...story: readonly Step<CaseCommand>[]) => {
  const state = after(...story);
  const conversation = state.status === 'NOT_REGISTERED' ? undefined : state.conversations['conversation-1'];
  if (!conversation) throw never('the story');
  return conversation;
};

describe('recording a conversation', () => {
  it('keeps the account of the asking side', () => {
    given(registered(), reached()).when(told()).yields(recorded);
  });

  it('keeps the account of the consulted side apart', () => {
    given(registered(), reached(), told(), joined())
      .when(lawyerTold)
      .yields({
        ...recorded,
        occurredAt: time('11:30'),
        side: 'CONSULTED',
        registrationId: 'counterpart-registration',
        recordedBy: piketLawyer,
        account: consultedAccount,
      });
  });

  it('is complete only when both sides told their account', () => {
    expect(isComplete(conversationAfter(registered(), reached(), told(), joined()))).toBe(false);
    expect(isComplete(conversationAfter(registered(), reached(), told(), joined(), lawyerTold))).toBe(true);
  });

  it('is possible for a colleague in the same organisation', () => {
    given(registered(), reached())
      .when(told({}, by(raadsliedsColleague, time('10:00'))))
      .yields({ ...recorded, recordedBy: raadsliedsColleague });
  });

  it('is refused before anybody was reached', () => {
    given(registered(), requested())
      .when(told())
      .isRefused({ code: 'CONTACT_NOT_SUCCEEDED', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('is refused when the contact never happened', () => {
    const contactInError = step(
      {
        type: 'EnterFactInError',
        caseId,
        fact: { kind: 'CONTACT', id: 'contact-1' },
        reason: 'WRONG_CASE',
      },
      by(raadslied, time('09:40')),
    );
    given(registered(), reached(), contactInError)
      .when(told())
      .isRefused({ code: 'CONTACT_NOT_SUCCEEDED', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('is refused for a conversation that the case does not know', () => {
    given(registered(), reached())
      .when(told({ conversationId: 'another' }))
      .isRefused({ code: 'CONVERSATION_NOT_FOUND', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('happens once per side', () => {
    given(registered(), reached(), told())
      .when(told({ account: { ...account, rating: 3 } }, by(raadslied, time('10:10'))))
      .isRefused({
        code: 'CONVERSATION_ALREADY_RECORDED',
        rule: 'rule 3',
        field: 'side',
        facts: { side: 'ASKING' },
      });
  });

  it('is refused on behalf of another organisation', () => {
    given(registered(), reached())
      .when(told({}, by(loketMedewerker, time('10:00'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'registrationId', facts: {} });
  });

  it('is refused by a registration that nobody made', () => {
    given(registered(), reached())
      .when(told({ registrationId: 'another' }))
      .isRefused({ code: 'REGISTRATION_NOT_FOUND', field: 'registrationId', facts: {} });
  });

  it('never gives both accounts by one registration', () => {
    given(registered(), reached(), told())
      .when(told({ side: 'CONSULTED', account: consultedAccount }, by(raadsliedsColleague, time('10:10'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'side', facts: { side: 'CONSULTED' } });
  });

  it('does not let the asker speak for the consulted side', () => {
    given(registered(), requested(), reached({ piketRequestId: 'request-1' }))
      .when(told({ side: 'CONSULTED', account: consultedAccount }))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'side', facts: { side: 'CONSULTED' } });
  });

  it('lists the conversations that still await a side', () => {
    const state = after(
      registered(),
      reached(),
      told(),
      reached({ contactId: 'contact-2', conversationId: 'conversation-2' }, by(raadslied, time('10:30'))),
    );
    if (state.status !== 'OPEN') throw never('a second contact');
    const ids = (side: 'ASKING' | 'CONSULTED') =>
      conversationsAwaiting(state, side).map(({ conversationId }) => conversationId);
    expect(ids('ASKING')).toEqual(['conversation-2']);
    expect(ids('CONSULTED')).toEqual(['conversation-1', 'conversation-2']);
  });
});

describe('the questions about a conversation', () => {
  it.each([0, 11, -1, 7.5, Number.NaN])('refuse a rating of %s', (rating) => {
    given(registered(), reached())
      .when(told({ account: { ...account, rating } }))
      .isRefused({
        code: 'RATING_OUT_OF_RANGE',
        rule: 'rule 2',
        field: 'rating',
        facts: { rating, from: 1, to: 10 },
      });
  });

  it.each([1, 10, null])('accept a rating of %s', (rating) => {
    given(registered(), reached())
      .when(told({ account: { ...account, rating } }))
      .yields({ ...recorded, account: { ...account, rating } });
  });

  it('keep the LAT question unanswered when the asking side leaves it open', () => {
    given(registered(), reached())
      .when(told({ account: { ...account, latWithoutDesk: null } }))
      .yields({ ...recorded, account: { ...account, latWithoutDesk: 'NOT_ANSWERED' } });
  });

  it('do not put the LAT question to the consulted side', () => {
    given(registered(), reached(), joined())
      .when(
        told(
          { side: 'CONSULTED', registrationId: 'counterpart-registration', account },
          by(piketLawyer, time('11:30')),
        ),
      )
      .isRefused({
        code: 'LAT_QUESTION_ONLY_FOR_ASKING_SIDE',
        rule: 'rule 2',
        field: 'latWithoutDesk',
        facts: {},
      });
  });
});

describe('a late account on a closed case', () => {
  it('is accepted of a counterpart who registered while it was open', () => {
    given(registered(), reached(), joined(), closed())
      .when(
        told(
          { side: 'CONSULTED', registrationId: 'counterpart-registration', account: consultedAccount },
          by(piketLawyer, time('17:00')),
        ),
      )
      .yields({
        ...recorded,
        occurredAt: time('17:00'),
        side: 'CONSULTED',
        registrationId: 'counterpart-registration',
        recordedBy: piketLawyer,
        account: consultedAccount,
      });
  });

  it('is accepted of the side that closed it when the other side gave one', () => {
    given(registered(), reached(), joined({ account: lawyersAccount }), closed())
      .when(told({}, by(raadslied, time('17:00'))))
      .yields({ ...recorded, occurredAt: time('17:00') });
  });

  it('is refused when it would be the first and the own', () => {
    given(registered(), reached(), closed())
      .when(told({}, by(raadslied, time('17:00'))))
      .isRefused({ code: 'CASE_CLOSED', rule: 'rule 10', facts: { closedAt: time('16:00') } });
  });
});

describe('correcting an account', () => {
  const corrected = (
    changes: Partial<typeof account>,
    context = by(raadslied, time('12:00')),
    reason: 'TYPING_MISTAKE' | 'MISUNDERSTOOD' = 'TYPING_MISTAKE',
  ) =>
    step(
      {
        type: 'CorrectConversation',
        caseId,
        conversationId: 'conversation-1',
        side: 'ASKING',
        account: { ...account, ...changes },
        reason,
      },
      context,
    );

  it('gives the whole new value', () => {
    given(registered(), reached(), told())
      .when(corrected({ rating: 6 }))
      .yields({
        type: 'ConversationCorrected',
        caseId,
        occurredAt: time('12:00'),
        conversationId: 'conversation-1',
        side: 'ASKING',
        account: { ...account, rating: 6 },
        reason: 'TYPING_MISTAKE',
      });
  });

  it('may change sealed text, which nobody can compare', () => {
    const withAdvice = { advice: sealed('advice') };
    given(registered(), reached(), told({ account: { ...account, ...withAdvice } }))
      .when(corrected(withAdvice))
      .yields({
        type: 'ConversationCorrected',
        caseId,
        occurredAt: time('12:00'),
        conversationId: 'conversation-1',
        side: 'ASKING',
        account: { ...account, ...withAdvice },
        reason: 'TYPING_MISTAKE',
      });
  });

  it('is refused when nothing changes', () => {
    given(registered(), reached(), told())
      .when(corrected({}))
      .isRefused({ code: 'CORRECTION_CHANGES_NOTHING', rule: 'step 11', facts: {} });
  });

  it('keeps to the range of a rating', () => {
    given(registered(), reached(), told())
      .when(corrected({ rating: 0 }))
      .isRefused({
        code: 'RATING_OUT_OF_RANGE',
        rule: 'rule 2',
        field: 'rating',
        facts: { rating: 0, from: 1, to: 10 },
      });
  });

  it('is refused before the account was given', () => {
    given(registered(), reached())
      .when(corrected({ rating: 6 }))
      .isRefused({
        code: 'CONVERSATION_NOT_RECORDED',
        rule: 'step 11',
        field: 'side',
        facts: { side: 'ASKING' },
      });
  });

  it('is refused to the other side', () => {
    given(registered(), reached(), told(), joined())
      .when(corrected({ rating: 6 }, by(piketLawyer, time('12:00'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'side', facts: {} });
  });

  it('can be corrected back', () => {
    given(registered(), reached(), told(), corrected({ rating: 6 }))
      .when(corrected({}, by(raadslied, time('12:10'))))
      .yields({
        type: 'ConversationCorrected',
        caseId,
        occurredAt: time('12:10'),
        conversationId: 'conversation-1',
        side: 'ASKING',
        account,
        reason: 'TYPING_MISTAKE',
      });
  });
});
