import {
  after,
  caseId,
  closed,
  coordinated,
  consented,
  consultedAccount,
  flagged,
  given,
  joined,
  lawyersAccount,
  offered,
  prepared,
  reached,
  registered,
  requested,
  step,
  told,
} from '../../test-support/case-story.js';
import { by, otherLawyer, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { RegistrationLinked } from '../events.js';
import { isComplete, wasConsulted } from '../views.js';
import type { Step } from '../../test-support/scenario.js';
import type { CaseCommand } from '../commands.js';
import type { LinkRegistrationAsGuest, LinkRegistrationAsHost } from './link-registration.js';

const asHost = (changes: Partial<LinkRegistrationAsHost> = {}, clock = '17:00') =>
  step(
    {
      type: 'LinkRegistrationAsHost',
      caseId,
      guestCaseId: 'guest-case',
      registrationId: 'guest-registration',
      registeredBy: piketLawyer,
      registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
      side: 'CONSULTED',
      conversationId: 'conversation-1',
      ...changes,
    },
    by(piketLawyer, time(clock)),
  );

const asGuest = (changes: Partial<LinkRegistrationAsGuest> = {}) =>
  step(
    {
      type: 'LinkRegistrationAsGuest',
      caseId: 'guest-case',
      hostCaseId: caseId,
      side: 'CONSULTED',
      conversationId: 'conversation-1',
      ...changes,
    },
    by(piketLawyer, time('17:00')),
  );

const linked: RegistrationLinked = {
  type: 'RegistrationLinked',
  caseId,
  occurredAt: time('17:00'),
  role: 'HOST',
  hostCaseId: caseId,
  guestCaseId: 'guest-case',
  registrationId: 'guest-registration',
  registeredBy: piketLawyer,
  side: 'CONSULTED',
  conversationId: 'conversation-1',
};

const lawyersOwnCase = (
  registrationKind:
    | 'SECOND_LINE_RESPONSE_WITHOUT_CODE'
    | 'SECOND_LINE_OWN_SIGNALERING'
    | 'SECOND_LINE_CLIENT_CAME_DIRECTLY' = 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
) =>
  registered(
    { caseId: 'guest-case', registrationId: 'guest-registration', registrationKind },
    by(piketLawyer, time('09:40')),
  );

const lawyersOwnAccount = told(
  {
    caseId: 'guest-case',
    conversationId: 'asserted-conversation',
    side: 'CONSULTED',
    registrationId: 'guest-registration',
    account: consultedAccount,
  },
  by(piketLawyer, time('10:00')),
);

describe('linking a registration: on the case whose code was used', () => {
  it('completes the conversation of which the asking side gave its account', () => {
    given(registered(), reached(), told()).when(asHost()).yields(linked);
    const state = after(registered(), reached(), told(), asHost());
    expect(state.status === 'OPEN' && Object.values(state.conversations).map(isComplete)).toEqual([true]);
  });

  it('leaves the conversation incomplete while the asking side says nothing', () => {
    const state = after(registered(), reached(), asHost());
    expect(state.status === 'OPEN' && Object.values(state.conversations).map(isComplete)).toEqual([false]);
  });

  it('joins an own registration without an account', () => {
    given(registered())
      .when(asHost({ registrationKind: 'SECOND_LINE_OWN_SIGNALERING', conversationId: null }))
      .yields({ ...linked, conversationId: null });
  });

  it('refuses when the consulted side of that conversation was recorded already', () => {
    given(registered(), reached(), joined({ account: lawyersAccount }))
      .when(asHost())
      .isRefused({
        code: 'CONVERSATION_ALREADY_RECORDED',
        rule: 'rule 3',
        field: 'side',
        facts: { side: 'CONSULTED' },
      });
  });

  it('refuses the consulted side after a registration was linked to it', () => {
    given(registered(), reached(), asHost({}, '10:30'))
      .when(
        joined(
          { account: lawyersAccount },
          by({ ...piketLawyer, professionalId: 'someone-else' }, time('11:00')),
        ),
      )
      .isRefused({
        code: 'CONVERSATION_ALREADY_RECORDED',
        rule: 'rule 3',
        field: 'side',
        facts: { side: 'CONSULTED' },
      });
  });

  it('refuses a conversation that the case does not know', () => {
    given(registered(), reached())
      .when(asHost({ conversationId: 'another-conversation' }))
      .isRefused({ code: 'CONVERSATION_NOT_FOUND', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('refuses registrations that came with a code, or of the first line', () => {
    given(registered())
      .when(asHost({ registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT', conversationId: null }))
      .isRefused({
        code: 'REGISTRATION_NOT_LINKABLE',
        rule: 'rule 8',
        facts: { registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT', sameCase: false },
      });
  });

  it('takes a late account on a closed case', () => {
    given(registered(), reached(), told(), closed()).when(asHost()).yields(linked);
  });

  it('refuses a closed case to a registration without an account', () => {
    given(registered(), closed())
      .when(asHost({ conversationId: null }))
      .isRefused({ code: 'CASE_CLOSED', rule: 'rule 10', facts: { closedAt: time('16:00') } });
  });

  it('leaves the account to the stream on which it was given', () => {
    given(registered(), reached(), asHost({}, '12:00'))
      .when(
        step(
          {
            type: 'CorrectConversation',
            caseId,
            conversationId: 'conversation-1',
            side: 'CONSULTED',
            account: consultedAccount,
            reason: 'TYPING_MISTAKE',
          },
          by(piketLawyer, time('18:00')),
        ),
      )
      .isRefused({ code: 'CASE_LINKED_ELSEWHERE', rule: 'rule 8', facts: { guestCaseId: 'guest-case' } });
  });
});

describe('a lawyer whose registration was linked', () => {
  const consultedOn = (...story: readonly Step<CaseCommand>[]) => {
    const state = after(...story);
    return state.status === 'OPEN' && wasConsulted(state, 'piket-lawyer');
  };
  const withoutName = reached({ reachedProfessionalId: null });

  it('was consulted when an account came along', () => {
    expect(consultedOn(registered(), withoutName, asHost())).toBe(true);
  });

  it('was not consulted when it was an own registration without an account', () => {
    const own = asHost({ registrationKind: 'SECOND_LINE_OWN_SIGNALERING', conversationId: null });
    expect(consultedOn(registered(), withoutName, own)).toBe(false);
  });

  it('is not confused with another whose account came along', () => {
    const own = asHost({ registrationKind: 'SECOND_LINE_OWN_SIGNALERING', conversationId: null });
    const others = asHost({ registrationId: 'another-guest', registeredBy: otherLawyer });
    expect(consultedOn(registered(), withoutName, own, others)).toBe(false);
  });
});

describe('linking a registration: on the case that it came from', () => {
  it('joins the response of a lawyer to the case of the first line', () => {
    given(lawyersOwnCase(), lawyersOwnAccount)
      .when(asGuest())
      .yields({ ...linked, caseId: 'guest-case', role: 'GUEST' });
  });

  it('joins an own registration without an account', () => {
    given(lawyersOwnCase('SECOND_LINE_OWN_SIGNALERING'))
      .when(asGuest({ conversationId: null }))
      .yields({ ...linked, caseId: 'guest-case', role: 'GUEST', conversationId: null });
  });

  it('refuses to give an account that was never recorded', () => {
    given(lawyersOwnCase())
      .when(asGuest())
      .isRefused({
        code: 'CONVERSATION_NOT_RECORDED',
        rule: 'rule 8',
        field: 'conversationId',
        facts: { side: 'CONSULTED' },
      });
  });

  it('refuses a client who came to the lawyer directly: there is no other case', () => {
    given(lawyersOwnCase('SECOND_LINE_CLIENT_CAME_DIRECTLY'))
      .when(asGuest({ conversationId: null }))
      .isRefused({
        code: 'REGISTRATION_NOT_LINKABLE',
        rule: 'rule 8',
        facts: { registrationKind: 'SECOND_LINE_CLIENT_CAME_DIRECTLY', sameCase: false },
      });
  });

  it('refuses to link a case to itself', () => {
    given(lawyersOwnCase())
      .when(asGuest({ hostCaseId: 'guest-case', conversationId: null }))
      .isRefused({
        code: 'REGISTRATION_NOT_LINKABLE',
        rule: 'rule 8',
        facts: { registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE', sameCase: true },
      });
  });

  it('refuses a case that others joined', () => {
    given(lawyersOwnCase(), joined({ caseId: 'guest-case' }, by(raadslied, time('11:00'))))
      .when(asGuest({ conversationId: null }))
      .isRefused({ code: 'REGISTRATION_NOT_LINKABLE', rule: 'rule 8', facts: { joinedByOthers: true } });
  });

  it('refuses while a handover of the client is under way', () => {
    given(lawyersOwnCase(), prepared(), consented(), offered())
      .when(asGuest({ conversationId: null }))
      .isRefused({ code: 'HANDOVER_OPEN', rule: 'rule 5', facts: { handoverIds: ['handover-1'] } });
  });

  it('refuses a second host', () => {
    given(lawyersOwnCase(), asGuest({ conversationId: null }))
      .when(asGuest({ hostCaseId: 'another-case', conversationId: null }))
      .isRefused({ code: 'CASE_LINKED_ELSEWHERE', rule: 'rule 8', facts: { hostCaseId: caseId } });
  });
});

describe('a case that was linked to another', () => {
  const story = [lawyersOwnCase(), lawyersOwnAccount, asGuest()] as const;
  const elsewhere = { code: 'CASE_LINKED_ELSEWHERE', rule: 'rule 8', facts: { hostCaseId: caseId } } as const;

  it('goes on elsewhere: it accepts no further steps', () => {
    const context = by(piketLawyer, time('18:00'));
    given(...story)
      .when(requested({ caseId: 'guest-case' }, context))
      .isRefused(elsewhere);
    given(...story)
      .when(coordinated())
      .isRefused(elsewhere);
    given(...story)
      .when(closed({ caseId: 'guest-case' }, context))
      .isRefused(elsewhere);
    given(...story)
      .when(joined({ caseId: 'guest-case' }, by(raadslied, time('18:00'))))
      .isRefused(elsewhere);
  });

  it('still accepts a flag of its own side', () => {
    given(...story)
      .when(
        flagged(
          { caseId: 'guest-case', registrationId: 'guest-registration' },
          by(piketLawyer, time('18:00')),
        ),
      )
      .yields({
        type: 'FlaggedForSignalering',
        caseId: 'guest-case',
        occurredAt: time('18:00'),
        flagId: 'flag-1',
        registrationId: 'guest-registration',
        flaggedBy: piketLawyer,
        kind: 'BOTTLENECK_IN_SYSTEM',
        themes: ['TOESLAGEN'],
        selfRelianceWronglyAssumed: true,
        gapInLegalAid: false,
        bestPracticeCandidate: false,
        note: null,
      });
  });

  it('still accepts a correction of its account', () => {
    const corrected = { ...consultedAccount, rating: 7 };
    given(...story)
      .when(
        step(
          {
            type: 'CorrectConversation',
            caseId: 'guest-case',
            conversationId: 'asserted-conversation',
            side: 'CONSULTED',
            account: corrected,
            reason: 'TYPING_MISTAKE',
          },
          by(piketLawyer, time('18:00')),
        ),
      )
      .yields({
        type: 'ConversationCorrected',
        caseId: 'guest-case',
        occurredAt: time('18:00'),
        conversationId: 'asserted-conversation',
        side: 'CONSULTED',
        account: corrected,
        reason: 'TYPING_MISTAKE',
      });
  });

  it.each([
    { kind: 'CONVERSATION_ACCOUNT', id: 'asserted-conversation', side: 'CONSULTED' },
    { kind: 'CONTACT', id: 'asserted-contact' },
  ] as const)('keeps what the other case counts: $kind', (fact) => {
    given(...story)
      .when(
        step(
          { type: 'EnterFactInError', caseId: 'guest-case', fact, reason: 'WRONG_CASE' },
          by(piketLawyer, time('18:00')),
        ),
      )
      .isRefused(elsewhere);
  });
});
