import type { DecisionContext, Instant } from './decider.js';
import { refuse, type Refusal } from './refusal.js';
import { hoursAfter, isBefore, minutesAfter } from './time.js';

/** Two clocks that differ by no more than this are taken to say the same "now". */
const skewMinutes = 2;

/** Beyond this a fact is history, which only an import may record. */
const daysBack = 30;

/**
 * When the step happened, or why that time cannot stand (architecture, "Two times"): not in the future, not before the
 * step it answers, and not more than 30 days back without the mandate to import. A clock up to two minutes ahead counts
 * as now, so that no event ever happened after it was recorded. A step that nobody gave a time is not refused because the machine
 * that recorded the step before has a clock ahead of ours by as much: it then happened at the time of that step.
 */
export const timeOfStep = (context: DecisionContext, notBefore: Instant | null): Instant | Refusal => {
  const { occurredAt, recordedAt, mandate } = context;
  const field = 'occurredAt';
  if (Number.isNaN(Date.parse(occurredAt))) {
    return refuse('OCCURRED_UNREADABLE', { rule: 'two times', field });
  }
  if (isBefore(minutesAfter(recordedAt, skewMinutes), occurredAt)) {
    return refuse('OCCURRED_IN_FUTURE', { rule: 'two times', field, facts: { occurredAt, recordedAt } });
  }
  const at = isBefore(recordedAt, occurredAt) ? recordedAt : new Date(occurredAt).toISOString();
  if (mandate !== 'IMPORT' && isBefore(at, hoursAfter(recordedAt, -24 * daysBack))) {
    const facts = { occurredAt, recordedAt, daysBack };
    return refuse('OCCURRED_TOO_LONG_AGO', { rule: 'two times', field, facts });
  }
  if (notBefore !== null && isBefore(at, notBefore)) {
    if (context.occursNow && !isBefore(minutesAfter(recordedAt, skewMinutes), notBefore)) return notBefore;
    return refuse('OCCURRED_BEFORE_STEP', { rule: 'two times', field, facts: { occurredAt, notBefore } });
  }
  return at;
};

/** The time that a repeat of this command would get; tells a repeat from a second, different step. */
export const isSameTime = (context: DecisionContext, at: Instant): boolean =>
  timeOfStep(context, context.occursNow ? at : null) === at;

/**
 * When an answer is due. Deadlines run from recording, and imported facts start none (architecture, "Two times"):
 * a pilot of 2020 replayed today does not lapse at once.
 */
export const deadline = (context: DecisionContext, hours: number | null): Instant | null =>
  hours === null || context.mandate === 'IMPORT' ? null : hoursAfter(context.recordedAt, hours);

/** Nothing lapses before its time (rule 5). An import may state that something lapsed, since it started no deadline. */
export const isDue = (context: DecisionContext, respondBy: Instant | null): Refusal | null => {
  const due = respondBy === null ? context.mandate === 'IMPORT' : !isBefore(context.recordedAt, respondBy);
  return due
    ? null
    : refuse('NOT_DUE_YET', { rule: 'rule 5', facts: { respondBy, recordedAt: context.recordedAt } });
};
