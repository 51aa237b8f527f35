import { by, deadlines, raadslied, time } from '../test-support/people.js';
import { refuse } from './refusal.js';
import { deadline, isDue, isSameTime, timeOfStep } from './step-time.js';

const recordedAt = time('12:00');
const recordedThen = (occurredAt: string, mandate: 'CASEWORK' | 'IMPORT' = 'CASEWORK') =>
  by(raadslied, occurredAt, { recordedAt, mandate });

describe('the time at which a step happened', () => {
  it('is told in one way, however it was written', () => {
    expect(timeOfStep(recordedThen('2021-09-06T13:30:00+02:00'), null)).toBe(time('11:30'));
  });

  it('counts as now when a clock runs two minutes ahead', () => {
    expect(timeOfStep(recordedThen(time('12:02')), null)).toBe(recordedAt);
  });

  it('does not lie in the future', () => {
    expect(timeOfStep(recordedThen(time('12:03')), null)).toEqual(
      refuse('OCCURRED_IN_FUTURE', {
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('12:03'), recordedAt },
      }),
    );
  });

  it('does not lie before the step that it answers', () => {
    expect(timeOfStep(recordedThen(time('10:59')), time('11:00'))).toEqual(
      refuse('OCCURRED_BEFORE_STEP', {
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('10:59'), notBefore: time('11:00') },
      }),
    );
  });

  it('is that of the step that it answers, when nobody gave one and another machine is two minutes ahead', () => {
    const now = { ...recordedThen(recordedAt), occursNow: true };
    expect(timeOfStep(now, time('12:02'))).toBe(time('12:02'));
    expect(isSameTime(now, time('12:02'))).toBe(true);
    expect(isSameTime(now, time('11:58'))).toBe(false);
  });

  it('does not follow a clock that is further ahead', () => {
    const now = { ...recordedThen(recordedAt), occursNow: true };
    expect(timeOfStep(now, time('12:03'))).toMatchObject({ code: 'OCCURRED_BEFORE_STEP' });
  });

  it('is not moved when it was given', () => {
    expect(timeOfStep(recordedThen(recordedAt), time('12:01'))).toMatchObject({
      code: 'OCCURRED_BEFORE_STEP',
    });
  });

  it('may be the same as that of the step that it answers', () => {
    expect(timeOfStep(recordedThen(time('11:00')), time('11:00'))).toBe(time('11:00'));
  });

  it('lies no more than thirty days back', () => {
    expect(timeOfStep(recordedThen('2021-08-07T12:00:00.000Z'), null)).toBe('2021-08-07T12:00:00.000Z');
    expect(timeOfStep(recordedThen('2021-08-07T11:59:59.000Z'), null)).toEqual(
      refuse('OCCURRED_TOO_LONG_AGO', {
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: '2021-08-07T11:59:59.000Z', recordedAt, daysBack: 30 },
      }),
    );
  });

  it('may lie in any past when it is imported', () => {
    const longAgo = '2020-09-01T09:00:00.000Z';
    expect(timeOfStep(recordedThen(longAgo, 'IMPORT'), null)).toBe(longAgo);
  });

  it('must be readable', () => {
    expect(timeOfStep(recordedThen('yesterday'), null)).toEqual(
      refuse('OCCURRED_UNREADABLE', { rule: 'two times', field: 'occurredAt' }),
    );
  });
});

describe('a deadline', () => {
  it('runs from the time of recording', () => {
    expect(deadline(recordedThen(time('09:00')), 2)).toBe(time('14:00'));
  });

  it('does not start when policy sets none', () => {
    expect(deadline(recordedThen(time('09:00')), null)).toBeNull();
  });

  it('does not start for imported facts', () => {
    expect(deadline(recordedThen(time('09:00'), 'IMPORT'), 2)).toBeNull();
  });

  it('is due when its time has come, not before', () => {
    expect(isDue(deadlines(time('14:00')), time('14:00'))).toBeNull();
    expect(isDue(deadlines(time('13:59')), time('14:00'))).toEqual(
      refuse('NOT_DUE_YET', {
        rule: 'rule 5',
        facts: { respondBy: time('14:00'), recordedAt: time('13:59') },
      }),
    );
  });

  it('that never started is never due, except to an import that states what happened', () => {
    expect(isDue(deadlines(recordedAt), null)).toEqual(
      refuse('NOT_DUE_YET', { rule: 'rule 5', facts: { respondBy: null, recordedAt } }),
    );
    expect(isDue(recordedThen(time('09:00'), 'IMPORT'), null)).toBeNull();
  });
});
