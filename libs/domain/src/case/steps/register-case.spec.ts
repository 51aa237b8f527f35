import { caseId, facts, given, registered, registration } from '../../test-support/case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  mediator,
  piketLawyer,
  raadslied,
  time,
  wijkteam,
} from '../../test-support/people.js';
import type { CaseRegistered, ContactSucceeded, FlaggedForSignalering } from '../events.js';

const caseRegistered: CaseRegistered = {
  type: 'CaseRegistered',
  caseId,
  occurredAt: time('09:00'),
  registrationId: 'own-registration',
  registrationCode: 'K7M-4QX-9TG',
  registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
  registeredBy: raadslied,
  clientId: 'client-1',
  client: registration.client,
  voicemailAllowed: true,
  interpreterNeeded: false,
  facts,
};

const flag: FlaggedForSignalering = {
  type: 'FlaggedForSignalering',
  caseId,
  occurredAt: time('09:00'),
  flagId: 'flag-of-registration',
  registrationId: 'own-registration',
  flaggedBy: raadslied,
  kind: null,
  themes: [],
  selfRelianceWronglyAssumed: false,
  gapInLegalAid: false,
  bestPracticeCandidate: false,
  note: null,
};

describe('registering a case', () => {
  it('opens a case at the location of the professional', () => {
    given().when(registered()).yields(caseRegistered);
  });

  it('flags the case when the registration is relevant for signalering', () => {
    const relevant = { ...facts, signaleringRelevance: 'YES' as const };
    given()
      .when(registered({ facts: relevant }))
      .yields({ ...caseRegistered, facts: relevant }, flag);
  });

  it.each(['NO', 'NOT_ANSWERED', 'NOT_ASKED'] as const)(
    'does not flag the case when relevance is %s',
    (signaleringRelevance) => {
      const answered = { ...facts, signaleringRelevance };
      given()
        .when(registered({ facts: answered }))
        .yields({ ...caseRegistered, facts: answered });
    },
  );

  it('asserts the contact when a lawyer responds without a code', () => {
    const contact: ContactSucceeded = {
      type: 'ContactSucceeded',
      caseId,
      occurredAt: time('09:00'),
      contactId: 'asserted-contact',
      conversationId: 'asserted-conversation',
      piketRequestId: null,
      reportedBy: piketLawyer,
      initiatedBy: 'ASKING',
      reachedKind: 'ADVOCATUUR',
      reachedProfessionalId: 'piket-lawyer',
      channel: 'PHONE',
      attempts: 1,
      delayMinutes: null,
    };
    given()
      .when(
        registered({ registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE' }, by(piketLawyer, time('09:00'))),
      )
      .yields(
        {
          ...caseRegistered,
          registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
          registeredBy: piketLawyer,
        },
        contact,
      );
  });

  it('counts every legal area and life domain once', () => {
    given()
      .when(
        registered({
          facts: {
            ...facts,
            furtherAreas: ['HUURRECHT', 'ARBEIDSRECHT', 'ARBEIDSRECHT'],
            lifeDomains: ['DEBT', 'DEBT'],
          },
        }),
      )
      .yields({
        ...caseRegistered,
        facts: { ...facts, furtherAreas: ['ARBEIDSRECHT'], lifeDomains: ['DEBT'] },
      });
  });

  it.each([
    ['a sociaal raadslied', raadslied, 'SECOND_LINE_OWN_SIGNALERING'],
    ['the Juridisch Loket', loketMedewerker, 'SECOND_LINE_ASKS_FIRST_LINE'],
    ['a wijkteam', wijkteam, 'SECOND_LINE_CLIENT_CAME_DIRECTLY'],
    ['a lawyer', piketLawyer, 'FIRST_LINE_CONVERSATION_SOUGHT'],
    ['a mediator', mediator, 'FIRST_LINE_SIGNALERING_ONLY'],
  ] as const)('refuses %s the registration kind of the other line', (_, party, registrationKind) => {
    given()
      .when(registered({ registrationKind }, by(party, time('09:00'))))
      .isRefused({
        code: 'REGISTRATION_KIND_NOT_FOR_ORGANISATION',
        rule: 'R 2.3',
        field: 'registrationKind',
        facts: { registrationKind, organisationKind: party.organisationKind },
      });
  });

  it('lets a wijkteam register as the first line does', () => {
    given()
      .when(registered({}, by(wijkteam, time('09:00'))))
      .yields({ ...caseRegistered, registeredBy: wijkteam });
  });

  it('refuses a second registration under the same case id', () => {
    given(registered())
      .when(registered({ registrationId: 'another-registration' }))
      .isRefused({ code: 'CASE_ALREADY_REGISTERED', field: 'caseId', facts: {} });
  });

  it('is done by a person, not by a process', () => {
    given()
      .when(registered({}, deadlines(time('09:00'))))
      .isRefused({ code: 'PROFESSIONAL_REQUIRED', facts: { process: 'deadlines' } });
  });
});
