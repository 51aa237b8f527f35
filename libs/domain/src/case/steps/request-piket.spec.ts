import { defaultProgrammePolicy } from '../../reference/programme-policy.js';
import {
  attempted,
  caseId,
  given,
  reached,
  registered,
  requested,
  step,
} from '../../test-support/case-story.js';
import { by, deadlines, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { PiketRequested } from '../events.js';
import type { EscalatePiketRequest } from './escalate-piket-request.js';

const piketRequested: PiketRequested = {
  type: 'PiketRequested',
  caseId,
  occurredAt: time('09:10'),
  piketRequestId: 'request-1',
  askedBy: raadslied,
  askedKind: 'ADVOCATUUR',
  route: 'LOCAL_DESK',
  namedProfessionalId: null,
  area: 'HUURRECHT',
  questionKind: 'LEGAL_CHECK',
  withoutDesk: 'REQUEST_LAT',
  localKnowledgeNeeded: false,
  respondBy: time('13:10'),
};

describe('asking the desk', () => {
  it('records who asked, and when the request goes further if nobody is reached', () => {
    given(registered()).when(requested()).yields(piketRequested);
  });

  it('goes past the roster to a named colleague', () => {
    given(registered())
      .when(requested({ to: { route: 'NAMED_COLLEAGUE', professionalId: 'piket-lawyer' } }))
      .yields({ ...piketRequested, route: 'NAMED_COLLEAGUE', namedProfessionalId: 'piket-lawyer' });
  });

  it('is open to lawyers as well: the desk is reciprocal', () => {
    given(registered({ registrationKind: 'SECOND_LINE_ASKS_FIRST_LINE' }, by(piketLawyer, time('09:00'))))
      .when(requested({ askedKind: 'SOCIAAL_RAADSLIEDEN' }, by(piketLawyer, time('09:10'))))
      .yields({ ...piketRequested, askedBy: piketLawyer, askedKind: 'SOCIAAL_RAADSLIEDEN' });
  });

  it('refuses to ask oneself', () => {
    given(registered())
      .when(requested({ to: { route: 'NAMED_COLLEAGUE', professionalId: 'raadslied' } }))
      .isRefused({ code: 'PIKET_REQUEST_TO_SELF', field: 'namedProfessionalId', facts: {} });
  });

  it('keeps a question that needs local knowledge away from the national helpline', () => {
    given(registered())
      .when(requested({ to: { route: 'HELPLINE' }, localKnowledgeNeeded: true }))
      .isRefused({ code: 'PIKET_REQUEST_STAYS_LOCAL', rule: 'R 3.2', field: 'route', facts: {} });
  });

  it('refuses the local desk where policy has none', () => {
    given(registered())
      .when(requested({ policy: { ...defaultProgrammePolicy, localDesk: false } }))
      .isRefused({ code: 'PIKET_NO_LOCAL_DESK', rule: 'rule 4', field: 'route', facts: {} });
  });

  it('sets no time to respond where policy sets none', () => {
    given(registered())
      .when(requested({ policy: { ...defaultProgrammePolicy, minutesBeforeEscalation: null } }))
      .yields({ ...piketRequested, respondBy: null });
  });

  it('lets imported requests wait for nobody, and leave open who was asked', () => {
    given(registered())
      .when(requested({ askedKind: 'UNKNOWN' }, by(raadslied, time('09:10'), { mandate: 'IMPORT' })))
      .yields({ ...piketRequested, askedKind: 'UNKNOWN', respondBy: null });
  });

  it('refuses to leave open who was asked today', () => {
    given(registered())
      .when(requested({ askedKind: 'UNKNOWN' }))
      .isRefused({ code: 'UNKNOWN_ONLY_FOR_IMPORT', rule: 'R 2.2', field: 'askedKind', facts: {} });
  });
});

const escalated = (changes: Partial<EscalatePiketRequest> = {}, context = deadlines(time('13:10'))) =>
  step(
    {
      type: 'EscalatePiketRequest',
      caseId,
      piketRequestId: 'request-1',
      to: 'NEXT_ON_ROSTER',
      reason: 'WAITING',
      policy: { ...defaultProgrammePolicy, attemptsBeforeEscalation: 2 },
      ...changes,
    },
    context,
  );

const escalation = {
  type: 'PiketRequestEscalated',
  caseId,
  occurredAt: time('13:10'),
  piketRequestId: 'request-1',
  to: 'NEXT_ON_ROSTER',
  reason: 'WAITING',
} as const;

const secondAttempt = attempted({ attemptId: 'attempt-2' }, by(raadslied, time('09:20')));

describe('a request that nobody answers', () => {
  it('goes to the next on the roster when it has waited long enough', () => {
    given(registered(), requested()).when(escalated()).yields(escalation);
  });

  it('does not go further before its time', () => {
    given(registered(), requested())
      .when(escalated({}, deadlines(time('13:09'))))
      .isRefused({
        code: 'NOT_DUE_YET',
        rule: 'rule 5',
        facts: { respondBy: time('13:10'), recordedAt: time('13:09') },
      });
  });

  it('goes further after as many attempts as policy says', () => {
    given(registered(), requested(), attempted(), secondAttempt)
      .when(escalated({ to: 'HELPLINE', reason: 'ATTEMPTS' }, deadlines(time('09:20'))))
      .yields({ ...escalation, occurredAt: time('09:20'), to: 'HELPLINE', reason: 'ATTEMPTS' });
  });

  it('does not go further after fewer attempts', () => {
    given(registered(), requested(), attempted())
      .when(escalated({ reason: 'ATTEMPTS' }))
      .isRefused({ code: 'NOT_DUE_YET', rule: 'rule 4', field: 'reason', facts: { attempts: 1, needed: 2 } });
  });

  it('counts attempts anew after it went further', () => {
    const once = escalated({ reason: 'ATTEMPTS' }, deadlines(time('09:20')));
    given(registered(), requested(), attempted(), secondAttempt, once)
      .when(escalated({ reason: 'ATTEMPTS' }))
      .isRefused({ code: 'NOT_DUE_YET', rule: 'rule 4', field: 'reason', facts: { attempts: 0, needed: 2 } });
  });

  it('goes further at any time in the judgement of a professional, not of a process', () => {
    given(registered(), requested())
      .when(escalated({ reason: 'JUDGEMENT' }, by(raadslied, time('09:30'))))
      .yields({ ...escalation, occurredAt: time('09:30'), reason: 'JUDGEMENT' });
    given(registered(), requested())
      .when(escalated({ reason: 'JUDGEMENT' }))
      .isRefused({ code: 'PROFESSIONAL_REQUIRED', field: 'reason', facts: { process: 'deadlines' } });
  });

  it('does not go to the helpline when it needs local knowledge', () => {
    given(registered(), requested({ localKnowledgeNeeded: true }))
      .when(escalated({ to: 'HELPLINE' }))
      .isRefused({ code: 'PIKET_REQUEST_STAYS_LOCAL', rule: 'R 3.2', field: 'route', facts: {} });
  });

  it('does not go further than the helpline', () => {
    given(registered(), requested(), escalated({ to: 'HELPLINE' }))
      .when(escalated({}, deadlines(time('13:20'))))
      .isRefused({ code: 'PIKET_REQUEST_ALREADY_AT_HELPLINE', rule: 'rule 4', facts: {} });
  });

  it('can be withdrawn by the asker', () => {
    given(registered(), requested())
      .when(
        step(
          { type: 'WithdrawPiketRequest', caseId, piketRequestId: 'request-1' },
          by(raadslied, time('10:00')),
        ),
      )
      .yields({
        type: 'PiketRequestWithdrawn',
        caseId,
        occurredAt: time('10:00'),
        piketRequestId: 'request-1',
      });
  });

  it('expires when its time has come', () => {
    given(registered(), requested())
      .when(
        step({ type: 'ExpirePiketRequest', caseId, piketRequestId: 'request-1' }, deadlines(time('13:10'))),
      )
      .yields({
        type: 'PiketRequestExpired',
        caseId,
        occurredAt: time('13:10'),
        piketRequestId: 'request-1',
      });
  });

  it('does not expire before its time', () => {
    given(registered(), requested())
      .when(
        step({ type: 'ExpirePiketRequest', caseId, piketRequestId: 'request-1' }, deadlines(time('13:00'))),
      )
      .isRefused({
        code: 'NOT_DUE_YET',
        rule: 'rule 5',
        facts: { respondBy: time('13:10'), recordedAt: time('13:00') },
      });
  });

  it('does not expire after someone was reached', () => {
    given(registered(), requested(), reached({ piketRequestId: 'request-1' }))
      .when(
        step({ type: 'ExpirePiketRequest', caseId, piketRequestId: 'request-1' }, deadlines(time('13:10'))),
      )
      .isRefused({ code: 'CONTACT_ALREADY_SUCCEEDED', rule: 'step 4', field: 'piketRequestId', facts: {} });
  });

  it('does not go further after it was withdrawn', () => {
    const withdrawn = step(
      { type: 'WithdrawPiketRequest', caseId, piketRequestId: 'request-1' },
      by(raadslied, time('10:00')),
    );
    given(registered(), requested(), withdrawn)
      .when(escalated())
      .isRefused({
        code: 'PIKET_REQUEST_NOT_OPEN',
        field: 'piketRequestId',
        facts: { status: 'WITHDRAWN' },
      });
  });
});
