import {
  account,
  attempted,
  caseId,
  closed,
  consultedAccount,
  contact,
  given,
  joined,
  lawyersAccount,
  reached,
  registered,
  requested,
  told,
} from '../../test-support/case-story.js';
import {
  by,
  loketMedewerker,
  otherLawyer,
  piketLawyer,
  raadslied,
  raadsliedsColleague,
  time,
} from '../../test-support/people.js';
import type { CounterpartRegistered, PiketConversationRecorded } from '../events.js';

const counterpartRegistered: CounterpartRegistered = {
  type: 'CounterpartRegistered',
  caseId,
  occurredAt: time('11:00'),
  registrationId: 'counterpart-registration',
  registeredBy: piketLawyer,
  side: 'CONSULTED',
  note: null,
  signaleringRelevance: 'NOT_ASKED',
};

const accountRecorded: PiketConversationRecorded = {
  type: 'PiketConversationRecorded',
  caseId,
  occurredAt: time('11:00'),
  conversationId: 'conversation-1',
  side: 'CONSULTED',
  registrationId: 'counterpart-registration',
  recordedBy: piketLawyer,
  account: consultedAccount,
};

describe('registering by registration code', () => {
  it('adds the side of the lawyer to the case of the first line', () => {
    given(registered(), reached()).when(joined()).yields(counterpartRegistered);
  });

  it('takes the account of the lawyer at once', () => {
    given(registered(), reached())
      .when(joined({ account: lawyersAccount }))
      .yields(counterpartRegistered, accountRecorded);
  });

  it('flags the case when the lawyer finds it relevant for signalering', () => {
    given(registered(), reached())
      .when(joined({ signaleringRelevance: 'YES' }))
      .yields(
        { ...counterpartRegistered, signaleringRelevance: 'YES' },
        {
          type: 'FlaggedForSignalering',
          caseId,
          occurredAt: time('11:00'),
          flagId: 'flag-of-counterpart',
          registrationId: 'counterpart-registration',
          flaggedBy: piketLawyer,
          kind: null,
          themes: [],
          selfRelianceWronglyAssumed: false,
          gapInLegalAid: false,
          bestPracticeCandidate: false,
          note: null,
        },
      );
  });

  it('records the contact too when the asking side had not done so', () => {
    given(registered(), requested(), attempted())
      .when(joined({ contact: { ...contact, piketRequestId: 'request-1' }, account: lawyersAccount }))
      .yields(
        counterpartRegistered,
        {
          type: 'ContactSucceeded',
          caseId,
          occurredAt: time('11:00'),
          contactId: 'contact-1',
          conversationId: 'conversation-1',
          piketRequestId: 'request-1',
          reportedBy: piketLawyer,
          initiatedBy: 'ASKING',
          reachedKind: 'ADVOCATUUR',
          reachedProfessionalId: 'piket-lawyer',
          channel: 'PHONE',
          attempts: 2,
          delayMinutes: 110,
        },
        accountRecorded,
      );
  });

  it('refuses an account of a conversation of which no contact was recorded', () => {
    given(registered())
      .when(joined({ account: lawyersAccount }))
      .isRefused({ code: 'CONTACT_NOT_SUCCEEDED', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('refuses to record a contact on a request that nobody made', () => {
    given(registered())
      .when(joined({ contact: { ...contact, piketRequestId: 'request-1' } }))
      .isRefused({ code: 'PIKET_REQUEST_NOT_FOUND', field: 'piketRequestId', facts: {} });
  });

  it('refuses to record a contact of before the request', () => {
    given(registered(), requested())
      .when(joined({ contact: { ...contact, piketRequestId: 'request-1' } }, by(piketLawyer, time('09:05'))))
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('09:05'), notBefore: time('09:10') },
      });
  });

  it('refuses to record a contact that is there already', () => {
    given(registered(), reached())
      .when(joined({ contact: { ...contact, piketRequestId: null } }))
      .isRefused({ code: 'CONTACT_ALREADY_SUCCEEDED', rule: 'rule 3', field: 'conversationId', facts: {} });
  });

  it('lets the first line answer when a lawyer asked', () => {
    given(
      registered({ registrationKind: 'SECOND_LINE_ASKS_FIRST_LINE' }, by(piketLawyer, time('09:00'))),
      reached(
        { reachedKind: 'SOCIAAL_RAADSLIEDEN', reachedProfessionalId: 'raadslied' },
        by(piketLawyer, time('09:30')),
      ),
    )
      .when(joined({ account: lawyersAccount }, by(raadslied, time('11:00'))))
      .yields(
        { ...counterpartRegistered, registeredBy: raadslied },
        { ...accountRecorded, recordedBy: raadslied },
      );
  });

  it('refuses the asking side to whoever did not ask', () => {
    given(registered(), requested(), reached({ piketRequestId: 'request-1' }))
      .when(joined({ side: 'ASKING', account: { conversationId: 'conversation-1', account } }))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'side', facts: { side: 'ASKING' } });
  });

  it('refuses the asking side of a contact that the same form records', () => {
    given(registered(), requested())
      .when(
        joined({
          side: 'ASKING',
          contact: { ...contact, piketRequestId: 'request-1' },
          account: { conversationId: 'conversation-1', account },
        }),
      )
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'side', facts: { side: 'ASKING' } });
  });

  it('lets a colleague in the same organisation answer', () => {
    given(registered(), reached({ reachedKind: 'SOCIAAL_RAADSLIEDEN', reachedProfessionalId: null }))
      .when(joined({ account: lawyersAccount }, by(raadsliedsColleague, time('11:00'))))
      .yields(
        { ...counterpartRegistered, registeredBy: raadsliedsColleague },
        { ...accountRecorded, recordedBy: raadsliedsColleague },
      );
  });

  it('refuses a professional who stands on a side already', () => {
    given(registered())
      .when(joined({}, by(raadslied, time('11:00'))))
      .isRefused({ code: 'SIDE_ALREADY_REGISTERED', rule: 'rule 8', facts: { side: 'ASKING' } });
  });

  it('refuses a second account of the consulted side', () => {
    given(registered(), reached(), joined({ account: lawyersAccount }))
      .when(
        joined(
          { registrationId: 'second-counterpart', account: lawyersAccount },
          by(otherLawyer, time('11:10')),
        ),
      )
      .isRefused({
        code: 'CONVERSATION_ALREADY_RECORDED',
        rule: 'rule 3',
        field: 'side',
        facts: { side: 'CONSULTED' },
      });
  });

  it('refuses an account of before the conversation', () => {
    given(registered(), reached())
      .when(joined({ account: lawyersAccount }, by(piketLawyer, time('09:20'))))
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('09:20'), notBefore: time('09:30') },
      });
  });

  it('lets the late account of the lawyer into a closed case', () => {
    given(registered(), reached(), told(), closed())
      .when(joined({ account: lawyersAccount }, by(piketLawyer, time('17:00'))))
      .yields(
        { ...counterpartRegistered, occurredAt: time('17:00') },
        { ...accountRecorded, occurredAt: time('17:00') },
      );
  });

  it('refuses a closed case to whoever gives no account', () => {
    given(registered(), reached(), closed())
      .when(joined({}, by(piketLawyer, time('17:00'))))
      .isRefused({ code: 'CASE_CLOSED', rule: 'rule 10', facts: { closedAt: time('16:00') } });
  });

  it('refuses a new contact on a closed case', () => {
    given(registered(), closed())
      .when(
        joined(
          { contact: { ...contact, piketRequestId: null }, account: lawyersAccount },
          by(piketLawyer, time('17:00')),
        ),
      )
      .isRefused({ code: 'CASE_CLOSED', rule: 'rule 10', facts: { closedAt: time('16:00') } });
  });

  it('refuses what was never registered', () => {
    given()
      .when(joined({}, by(loketMedewerker, time('11:00'))))
      .isRefused({ code: 'CASE_NOT_FOUND', field: 'caseId', facts: {} });
  });
});
