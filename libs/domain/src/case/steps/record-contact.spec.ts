import {
  attempted,
  caseId,
  given,
  reached,
  registered,
  requested,
  step,
} from '../../test-support/case-story.js';
import { by, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { ContactSucceeded } from '../events.js';

const contactSucceeded: ContactSucceeded = {
  type: 'ContactSucceeded',
  caseId,
  occurredAt: time('09:30'),
  contactId: 'contact-1',
  conversationId: 'conversation-1',
  piketRequestId: 'request-1',
  reportedBy: raadslied,
  initiatedBy: 'ASKING',
  reachedKind: 'ADVOCATUUR',
  reachedProfessionalId: 'piket-lawyer',
  channel: 'PHONE',
  attempts: 1,
  delayMinutes: 20,
};

const attemptInError = step(
  {
    type: 'EnterFactInError',
    caseId,
    fact: { kind: 'CONTACT_ATTEMPT', id: 'attempt-1' },
    reason: 'DOUBLE_ENTRY',
  },
  by(raadslied, time('09:20')),
);

describe('trying to reach the person on duty', () => {
  it('is recorded with its result', () => {
    given(registered(), requested())
      .when(attempted({ result: 'CALL_BACK_AGREED', callBackAt: time('11:00') }))
      .yields({
        type: 'ContactAttempted',
        caseId,
        occurredAt: time('09:15'),
        attemptId: 'attempt-1',
        piketRequestId: 'request-1',
        attemptedBy: raadslied,
        result: 'CALL_BACK_AGREED',
        callBackAt: time('11:00'),
      });
  });

  it('belongs to a request', () => {
    given(registered())
      .when(attempted())
      .isRefused({ code: 'PIKET_REQUEST_NOT_FOUND', field: 'piketRequestId', facts: {} });
  });

  it('is over once someone was reached', () => {
    given(registered(), requested(), reached({ piketRequestId: 'request-1' }))
      .when(attempted({}, by(raadslied, time('09:40'))))
      .isRefused({ code: 'CONTACT_ALREADY_SUCCEEDED', rule: 'step 4', field: 'piketRequestId', facts: {} });
  });

  it('does not happen before the request', () => {
    given(registered(), requested())
      .when(attempted({}, by(raadslied, time('09:05'))))
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('09:05'), notBefore: time('09:10') },
      });
  });

  it('finds no request by a word that every object knows', () => {
    given(registered())
      .when(attempted({ piketRequestId: 'constructor' }))
      .isRefused({ code: 'PIKET_REQUEST_NOT_FOUND', field: 'piketRequestId', facts: {} });
  });
});

describe('reaching the other side', () => {
  it('counts the attempts and the minutes since the request', () => {
    given(registered(), requested(), attempted())
      .when(reached({ piketRequestId: 'request-1' }))
      .yields({ ...contactSucceeded, attempts: 2 });
  });

  it('leaves out attempts that never happened', () => {
    given(registered(), requested(), attempted(), attemptInError)
      .when(reached({ piketRequestId: 'request-1' }))
      .yields(contactSucceeded);
  });

  it('keeps attempts and delay as reported', () => {
    given(registered(), requested())
      .when(reached({ piketRequestId: 'request-1', attempts: 4, delayMinutes: 90 }))
      .yields({ ...contactSucceeded, attempts: 4, delayMinutes: 90 });
  });

  it('needs no request, for a lawyer may begin', () => {
    given(registered())
      .when(
        reached(
          {
            initiatedBy: 'CONSULTED',
            reachedKind: 'SOCIAAL_RAADSLIEDEN',
            reachedProfessionalId: 'raadslied',
          },
          by(piketLawyer, time('09:30')),
        ),
      )
      .yields({
        ...contactSucceeded,
        piketRequestId: null,
        reportedBy: piketLawyer,
        initiatedBy: 'CONSULTED',
        reachedKind: 'SOCIAAL_RAADSLIEDEN',
        reachedProfessionalId: 'raadslied',
        delayMinutes: null,
      });
  });

  it.each([
    ['initiatedBy', { initiatedBy: 'UNKNOWN' as const }],
    ['reachedKind', { reachedKind: 'UNKNOWN' as const }],
  ])('does not leave open %s, except in facts of the past that are imported', (field, unknown) => {
    given(registered())
      .when(reached(unknown))
      .isRefused({ code: 'UNKNOWN_ONLY_FOR_IMPORT', rule: 'R 2.2', field, facts: {} });
    given(registered())
      .when(reached(unknown, by(raadslied, time('09:30'), { mandate: 'IMPORT' })))
      .yields({ ...contactSucceeded, piketRequestId: null, delayMinutes: null, ...unknown });
  });

  it('happens once per request', () => {
    given(registered(), requested(), reached({ piketRequestId: 'request-1' }))
      .when(
        reached({ piketRequestId: 'request-1', contactId: 'contact-2', conversationId: 'conversation-2' }),
      )
      .isRefused({ code: 'CONTACT_ALREADY_SUCCEEDED', rule: 'step 4', field: 'piketRequestId', facts: {} });
  });

  it('opens a conversation of its own each time', () => {
    given(registered(), reached())
      .when(reached({ contactId: 'contact-2' }))
      .isRefused({ code: 'CONTACT_ALREADY_SUCCEEDED', rule: 'rule 3', field: 'conversationId', facts: {} });
  });
});
