import type { CaseCommand } from '../commands.js';
import { caseDecider } from '../decider.js';
import {
  after,
  attempted,
  assessed,
  caseId,
  closed,
  consented,
  coordinated,
  flagged,
  given,
  prepared,
  reached,
  referralAccepted,
  referred,
  registered,
  requested,
  step,
} from '../../test-support/case-story.js';
import { by, loketMedewerker, raadslied, raadsliedsColleague, time } from '../../test-support/people.js';
import type { Step } from '../../test-support/scenario.js';

const caseClosed = {
  type: 'CaseClosed',
  caseId,
  occurredAt: time('16:00'),
  closedBy: raadslied,
  outcome: 'SOLVED',
  solution: 'ADVICE',
  solvedInFirstLine: true,
} as const;

const alreadyClosed = { code: 'CASE_CLOSED', rule: 'rule 10', facts: { closedAt: time('16:00') } } as const;

const reopened = (clock = '17:00', reason: 'CLIENT_RETURNED' | 'NEW_FACTS' = 'CLIENT_RETURNED') =>
  step({ type: 'ReopenCase', caseId, reason }, by(raadslied, time(clock)));

describe('closing a case', () => {
  it('states outcome and solution', () => {
    given(registered()).when(closed()).yields(caseClosed);
  });

  it('may leave open whether it was solved in the first line', () => {
    given(registered())
      .when(closed({ solvedInFirstLine: null }))
      .yields({ ...caseClosed, solvedInFirstLine: null });
  });

  it('happens once', () => {
    given(registered(), closed())
      .when(closed({ outcome: 'NOT_SOLVED' }))
      .isRefused(alreadyClosed);
    given(registered(), closed())
      .when(closed({}, by(raadsliedsColleague, time('16:00'))))
      .isRefused(alreadyClosed);
  });
});

describe('a closed case', () => {
  const later = by(raadslied, time('17:00'));
  const story = [registered(), requested(), coordinated(), referred(), prepared(), consented(), closed()];
  const refusedSteps: readonly Step<CaseCommand>[] = [
    assessed({}, later),
    step({ type: 'AssignCoordinator', caseId, coordinator: loketMedewerker }, later),
    step({ type: 'TransferCoordinator', caseId, to: loketMedewerker, reason: 'AGREED' }, later),
    requested({ piketRequestId: 'request-2' }, later),
    step({ type: 'WithdrawPiketRequest', caseId, piketRequestId: 'request-1' }, later),
    step({ type: 'ExpirePiketRequest', caseId, piketRequestId: 'request-1' }, later),
    attempted({}, later),
    reached({}, later),
    referred({ referralId: 'referral-2' }, later),
    referralAccepted(by(loketMedewerker, time('17:00'))),
    step(
      {
        type: 'RequestToevoeging',
        caseId,
        toevoegingId: 'toevoeging-1',
        referralId: null,
        kind: 'LAT',
      },
      later,
    ),
    step({ type: 'WithdrawHandoverConsent', caseId, handoverId: 'handover-1' }, later),
    step(
      {
        type: 'RegisterCounterpart',
        caseId,
        registrationId: 'another',
        side: 'CONSULTED',
        note: null,
        signaleringRelevance: 'NO',
        flagId: 'flag-2',
        contact: null,
        account: null,
      },
      by(loketMedewerker, time('17:00')),
    ),
  ];

  it.each(refusedSteps.map((refused) => [refused.command.type, refused] as const))(
    'does not accept %s',
    (_, refused) => {
      given(...story)
        .when(refused)
        .isRefused(alreadyClosed);
    },
  );

  it('accepts a flag and its withdrawal', () => {
    const flag = flagged({}, later);
    expect(caseDecider.decide(flag.command, after(...story), flag.context)).toHaveLength(1);
    given(...story, flag)
      .when(step({ type: 'WithdrawFlag', caseId, flagId: 'flag-1', reason: 'MISUNDERSTOOD' }, later))
      .yields({
        type: 'FlagWithdrawn',
        caseId,
        occurredAt: time('17:00'),
        flagId: 'flag-1',
        reason: 'MISUNDERSTOOD',
      });
  });
});

describe('reopening a case', () => {
  it('takes the work up again', () => {
    given(registered(), closed())
      .when(reopened())
      .yields({
        type: 'CaseReopened',
        caseId,
        occurredAt: time('17:00'),
        reopenedBy: raadslied,
        reason: 'CLIENT_RETURNED',
      });
  });

  it('lets the case accept steps again, and be closed again', () => {
    given(registered(), closed(), reopened())
      .when(closed({}, by(raadslied, time('18:00'))))
      .yields({ ...caseClosed, occurredAt: time('18:00') });
  });

  it('needs a closed case', () => {
    given(registered()).when(reopened()).isRefused({ code: 'CASE_NOT_CLOSED', rule: 'rule 10', facts: {} });
    given(registered(), closed(), reopened())
      .when(reopened('17:10', 'NEW_FACTS'))
      .isRefused({ code: 'CASE_NOT_CLOSED', rule: 'rule 10', facts: {} });
  });

  it('does not happen before the closing', () => {
    given(registered(), closed())
      .when(reopened('15:59'))
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('15:59'), notBefore: time('16:00') },
      });
  });
});
