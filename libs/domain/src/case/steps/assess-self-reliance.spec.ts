import {
  after,
  assessed,
  caseId,
  closed,
  coordinated,
  given,
  registered,
  step,
} from '../../test-support/case-story.js';
import { by, raadslied, sealed, time } from '../../test-support/people.js';
import { needsCoordinator, selfRelianceOf } from '../views.js';

const inError = step(
  {
    type: 'EnterFactInError',
    caseId,
    fact: { kind: 'SELF_RELIANCE_ASSESSMENT', id: 'assessment-2' },
    reason: 'WRONG_CASE',
  },
  by(raadslied, time('13:00')),
);

const assessedAgain = assessed(
  { assessmentId: 'assessment-2', outcome: 'SELF_RELIANT' },
  by(raadslied, time('12:30')),
);

describe('assessing how far a client can act alone', () => {
  it('keeps what was found, and the indicators sealed', () => {
    given(registered())
      .when(assessed({ wronglyAssumed: true, indicators: sealed('indicators') }))
      .yields({
        type: 'SelfRelianceAssessed',
        caseId,
        occurredAt: time('12:00'),
        assessmentId: 'assessment-1',
        assessedBy: raadslied,
        outcome: 'NOT_SELF_RELIANT',
        wronglyAssumed: true,
        indicators: sealed('indicators'),
      });
  });

  it('lets the latest assessment count', () => {
    const state = after(registered(), assessed(), assessedAgain);
    expect(state.status === 'OPEN' && selfRelianceOf(state)).toBe('SELF_RELIANT');
  });

  it('lets the earlier one count again when the later was entered in error', () => {
    const state = after(registered(), assessed(), assessedAgain, inError);
    expect(state.status === 'OPEN' && selfRelianceOf(state)).toBe('NOT_SELF_RELIANT');
  });

  it('is not possible before the case was registered', () => {
    given(registered())
      .when(assessed({}, by(raadslied, time('08:59'))))
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('08:59'), notBefore: time('09:00') },
      });
  });
});

describe('a case stands out as needing a coordinator', () => {
  it('when the client is not self-reliant and nobody coordinates', () => {
    expect(needsCoordinator(after(registered(), assessed()))).toBe(true);
  });

  it('until someone does', () => {
    expect(needsCoordinator(after(registered(), assessed(), coordinated()))).toBe(false);
  });

  it('not when the client can act alone, or nobody assessed it', () => {
    expect(needsCoordinator(after(registered(), assessed({ outcome: 'PARTLY' })))).toBe(false);
    expect(needsCoordinator(after(registered()))).toBe(false);
  });

  it('not when the case is closed or does not exist', () => {
    expect(needsCoordinator(after(registered(), assessed(), closed()))).toBe(false);
    expect(needsCoordinator(after())).toBe(false);
  });
});
