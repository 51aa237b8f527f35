import { defaultProgrammePolicy } from '../../reference/programme-policy.js';
import {
  account,
  caseId,
  consultedAccount,
  contact,
  facts,
  given,
  question,
  registered,
  registration,
  step,
} from '../../test-support/case-story.js';
import { by, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { CaseEvent, CaseRegistered, ContactSucceeded, PiketConversationRecorded } from '../events.js';
import type { RegisterCaseWithConversation } from './register-case-with-conversation.js';

const shortForm = (
  changes: Partial<RegisterCaseWithConversation> = {},
  context = by(raadslied, time('10:00')),
) =>
  step(
    {
      type: 'RegisterCaseWithConversation',
      caseId,
      registration,
      request: question,
      failedAttempts: [],
      contact,
      account,
      policy: defaultProgrammePolicy,
      ...changes,
    },
    context,
  );

const of = { caseId, occurredAt: time('10:00') };

const caseRegistered: CaseRegistered = {
  type: 'CaseRegistered',
  ...of,
  registrationId: 'own-registration',
  registrationCode: registration.registrationCode,
  registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
  registeredBy: raadslied,
  clientId: 'client-1',
  client: registration.client,
  voicemailAllowed: true,
  interpreterNeeded: false,
  facts,
};
const piketRequested: CaseEvent = {
  type: 'PiketRequested',
  ...of,
  piketRequestId: 'request-1',
  askedBy: raadslied,
  askedKind: 'ADVOCATUUR',
  route: 'LOCAL_DESK',
  namedProfessionalId: null,
  area: 'HUURRECHT',
  questionKind: 'LEGAL_CHECK',
  withoutDesk: 'REQUEST_LAT',
  localKnowledgeNeeded: false,
  respondBy: null,
};
const contactSucceeded: ContactSucceeded = {
  type: 'ContactSucceeded',
  ...of,
  contactId: 'contact-1',
  conversationId: 'conversation-1',
  piketRequestId: 'request-1',
  reportedBy: raadslied,
  initiatedBy: 'ASKING',
  reachedKind: 'ADVOCATUUR',
  reachedProfessionalId: 'piket-lawyer',
  channel: 'PHONE',
  attempts: 1,
  delayMinutes: null,
};
const recorded: PiketConversationRecorded = {
  type: 'PiketConversationRecorded',
  ...of,
  conversationId: 'conversation-1',
  side: 'ASKING',
  registrationId: 'own-registration',
  recordedBy: raadslied,
  account,
};

describe('one short form for case, contact and conversation', () => {
  it('records every step, and waits for nobody', () => {
    given().when(shortForm()).yields(caseRegistered, piketRequested, contactSucceeded, recorded);
  });

  it('records the attempts that failed before', () => {
    given()
      .when(
        shortForm({
          failedAttempts: [
            { attemptId: 'attempt-1', result: 'NO_ANSWER' },
            { attemptId: 'attempt-2', result: 'VOICEMAIL' },
          ],
        }),
      )
      .yields(
        caseRegistered,
        piketRequested,
        {
          type: 'ContactAttempted',
          ...of,
          attemptId: 'attempt-1',
          piketRequestId: 'request-1',
          attemptedBy: raadslied,
          result: 'NO_ANSWER',
          callBackAt: null,
        },
        {
          type: 'ContactAttempted',
          ...of,
          attemptId: 'attempt-2',
          piketRequestId: 'request-1',
          attemptedBy: raadslied,
          result: 'VOICEMAIL',
          callBackAt: null,
        },
        { ...contactSucceeded, attempts: 3 },
        recorded,
      );
  });

  it('keeps attempts and delay as reported', () => {
    given()
      .when(shortForm({ contact: { ...contact, attempts: 5, delayMinutes: 45 } }))
      .yields(
        caseRegistered,
        piketRequested,
        { ...contactSucceeded, attempts: 5, delayMinutes: 45 },
        recorded,
      );
  });

  it('leaves the account for later', () => {
    given()
      .when(shortForm({ account: null }))
      .yields(caseRegistered, piketRequested, contactSucceeded);
  });

  it('flags the case when it is relevant for signalering', () => {
    const relevant = { ...facts, signaleringRelevance: 'YES' } as const;
    given()
      .when(shortForm({ registration: { ...registration, facts: relevant } }))
      .yields({ ...caseRegistered, facts: relevant }, piketRequested, contactSucceeded, recorded, {
        type: 'FlaggedForSignalering',
        ...of,
        flagId: 'flag-of-registration',
        registrationId: 'own-registration',
        flaggedBy: raadslied,
        kind: null,
        themes: [],
        selfRelianceWronglyAssumed: false,
        gapInLegalAid: false,
        bestPracticeCandidate: false,
        note: null,
      });
  });

  it('serves a lawyer who responds without a code, on the consulted side', () => {
    const response = { ...registration, registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE' } as const;
    given()
      .when(
        shortForm(
          { registration: response, request: null, account: consultedAccount },
          by(piketLawyer, time('10:00')),
        ),
      )
      .yields(
        {
          ...caseRegistered,
          registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
          registeredBy: piketLawyer,
        },
        { ...contactSucceeded, piketRequestId: null, reportedBy: piketLawyer },
        { ...recorded, side: 'CONSULTED', recordedBy: piketLawyer, account: consultedAccount },
      );
  });

  it('refuses a request by the lawyer who only responded', () => {
    const response = { ...registration, registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE' } as const;
    given()
      .when(shortForm({ registration: response, account: consultedAccount }, by(piketLawyer, time('10:00'))))
      .isRefused({ code: 'NOT_ALLOWED', rule: 'R 2.2', field: 'request', facts: { side: 'CONSULTED' } });
  });

  it('refuses attempts without a request', () => {
    given()
      .when(shortForm({ request: null, failedAttempts: [{ attemptId: 'attempt-1', result: 'BUSY' }] }))
      .isRefused({
        code: 'PIKET_REQUEST_NOT_FOUND',
        rule: 'step 4',
        field: 'failedAttempts',
        facts: {},
      });
  });

  it('records nothing at all when one answer is wrong', () => {
    given()
      .when(shortForm({ account: { ...account, rating: 0 } }))
      .isRefused({
        code: 'RATING_OUT_OF_RANGE',
        rule: 'rule 2',
        field: 'rating',
        facts: { rating: 0, from: 1, to: 10 },
      });
    given()
      .when(shortForm({ request: { ...question, to: { route: 'HELPLINE' }, localKnowledgeNeeded: true } }))
      .isRefused({ code: 'PIKET_REQUEST_STAYS_LOCAL', rule: 'R 3.2', field: 'route', facts: {} });
    given()
      .when(shortForm({ contact: { ...contact, reachedKind: 'UNKNOWN' } }))
      .isRefused({ code: 'UNKNOWN_ONLY_FOR_IMPORT', rule: 'R 2.2', field: 'reachedKind', facts: {} });
    given()
      .when(shortForm({}, by(piketLawyer, time('10:00'))))
      .isRefused({
        code: 'REGISTRATION_KIND_NOT_FOR_ORGANISATION',
        rule: 'R 2.3',
        field: 'registrationKind',
        facts: { registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT', organisationKind: 'ADVOCATUUR' },
      });
  });

  it('refuses a case that exists', () => {
    given(registered({ registrationId: 'another' }))
      .when(shortForm())
      .isRefused({ code: 'CASE_ALREADY_REGISTERED', field: 'caseId', facts: {} });
  });
});
