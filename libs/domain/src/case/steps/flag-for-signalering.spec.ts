import { caseId, facts, flagged, given, joined, registered, step } from '../../test-support/case-story.js';
import {
  by,
  loketMedewerker,
  piketLawyer,
  raadslied,
  raadsliedsColleague,
  time,
} from '../../test-support/people.js';
import type { FlaggedForSignalering } from '../events.js';
import type { WithdrawFlag } from './withdraw-flag.js';

const flag: FlaggedForSignalering = {
  type: 'FlaggedForSignalering',
  caseId,
  occurredAt: time('15:30'),
  flagId: 'flag-1',
  registrationId: 'own-registration',
  flaggedBy: raadslied,
  kind: 'BOTTLENECK_IN_SYSTEM',
  themes: ['TOESLAGEN'],
  selfRelianceWronglyAssumed: true,
  gapInLegalAid: false,
  bestPracticeCandidate: false,
  note: null,
};

const withdrawn = (changes: Partial<WithdrawFlag> = {}, context = by(raadslied, time('15:40'))) =>
  step({ type: 'WithdrawFlag', caseId, flagId: 'flag-1', reason: 'MISUNDERSTOOD', ...changes }, context);

describe('flagging a case for the signaleringsoverleg', () => {
  it('names kind and themes, once each', () => {
    given(registered())
      .when(flagged({ themes: ['TOESLAGEN', 'DEBT', 'TOESLAGEN'] }))
      .yields({ ...flag, themes: ['TOESLAGEN', 'DEBT'] });
  });

  it('is done by either side', () => {
    given(registered(), joined())
      .when(flagged({ registrationId: 'counterpart-registration' }, by(piketLawyer, time('15:30'))))
      .yields({ ...flag, registrationId: 'counterpart-registration', flaggedBy: piketLawyer });
  });

  it('is not done by outsiders', () => {
    given(registered())
      .when(flagged({}, by(loketMedewerker, time('15:30'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'registrationId', facts: {} });
  });

  it('can add to what the registration said', () => {
    given(registered({ facts: { ...facts, signaleringRelevance: 'YES' } }))
      .when(flagged())
      .yields(flag);
  });
});

describe('withdrawing a flag', () => {
  const flagWithdrawn = {
    type: 'FlagWithdrawn',
    caseId,
    occurredAt: time('15:40'),
    flagId: 'flag-1',
    reason: 'MISUNDERSTOOD',
  } as const;

  it('takes it back', () => {
    given(registered(), flagged()).when(withdrawn()).yields(flagWithdrawn);
  });

  it('is open to a colleague', () => {
    given(registered(), flagged())
      .when(withdrawn({}, by(raadsliedsColleague, time('15:40'))))
      .yields(flagWithdrawn);
  });

  it('is not open to the other side', () => {
    given(registered(), joined(), flagged())
      .when(withdrawn({}, by(piketLawyer, time('15:40'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'flagId', facts: {} });
  });

  it('happens once', () => {
    given(registered(), flagged(), withdrawn())
      .when(withdrawn({ reason: 'DOUBLE_ENTRY' }))
      .isRefused({ code: 'FLAG_ALREADY_WITHDRAWN', facts: { reason: 'MISUNDERSTOOD' } });
  });

  it('needs a flag', () => {
    given(registered()).when(withdrawn()).isRefused({ code: 'FLAG_NOT_FOUND', field: 'flagId', facts: {} });
  });
});
