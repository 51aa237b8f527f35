import type { Principal, Purpose } from '@spil/access';
import { isRefusal, type DecisionContext } from '@spil/domain';
import type { DecisionOutcome } from '@spil/event-store';
import { contextOf, StepSession } from './step-session.js';

const now = '2021-09-06T12:00:00.000Z';
const principal: Principal = {
  subject: 'account-raadslied',
  role: 'COORDINATOR',
  professionalId: 'raadslied',
  organisationId: 'srw-walcheren',
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'walcheren',
  mayImport: false,
};

const contextFor = (occurredAt: string | null | undefined): DecisionContext => {
  const order = { commandId: 'command', principal, correlationId: 'request', occurredAt };
  const context = contextOf(order, { now: () => now });
  if (isRefusal(context)) throw new Error(context.code);
  return context;
};

describe('what an order is for', () => {
  const outcomeFor = (purpose: Purpose | undefined, needed?: Purpose) => {
    const order = { commandId: 'command', principal, correlationId: 'request', ...(purpose && { purpose }) };
    const context = contextOf(order, { now: () => now }, needed);
    return isRefusal(context) ? [context.code, context.facts] : context.mandate;
  };

  it.each([undefined, 'CASEWORK'] as const)('is what the role is for, stated or not (%s)', (stated) => {
    expect(outcomeFor(stated)).toBe('CASEWORK');
  });

  it.each(['SUBJECT_ACCESS', 'EMERGENCY'] as const)('is nothing else: %s', (purpose) => {
    expect(outcomeFor(purpose)).toEqual(['PURPOSE_NOT_FOR_STEP', { purpose, needed: 'CASEWORK' }]);
  });

  it('is an emergency for who opens a case in one', () => {
    expect(outcomeFor('EMERGENCY', 'EMERGENCY')).toBe('CASEWORK');
    expect(outcomeFor('CASEWORK', 'EMERGENCY')).toEqual([
      'PURPOSE_NOT_FOR_STEP',
      { purpose: 'CASEWORK', needed: 'EMERGENCY' },
    ]);
  });
});

describe('what an order made', () => {
  const session = (): StepSession =>
    new StepSession(
      { commandId: 'command', principal, correlationId: 'request' },
      principal,
      principal,
      contextFor(null),
    );
  /** The runner's outcome with an event that names these ids. */
  const outcomeNaming = (ids: readonly string[], repeated: boolean): DecisionOutcome => {
    const event = {
      type: 'ContactAttempted',
      occurredAt: now,
      ...Object.fromEntries(ids.entries()),
    } as never;
    return {
      kind: 'accepted',
      revision: 3n,
      position: { commit: 7n, prepare: 7n },
      events: [{ event } as never],
      repeated,
    };
  };
  const kinds = ['registration', 'piketRequest', 'attempt1', 'attempt2', 'contact'] as const;

  it('is what its events name of the ids that it made; a repeat, which makes none, answers the same', () => {
    const first = session();
    const made = kinds.map((kind) => ({ kind, id: first.newId(kind) }));
    const named = made.filter(({ kind }) => kind !== 'contact');
    const ids = named.map(({ id }) => id);
    for (const [asked, repeated] of [
      [first, false],
      [session(), true],
    ] as const)
      expect(asked.result('case-1', outcomeNaming(ids, repeated))).toMatchObject({
        aggregateId: 'case-1',
        created: named,
      });
  });
});

describe('the time of an order', () => {
  it.each([null, undefined])('is now when nobody gave one, and says that nobody did (%s)', (nothing) => {
    expect(contextFor(nothing)).toMatchObject({ occurredAt: now, recordedAt: now, occursNow: true });
  });

  it('is what was given, which stands as it is', () => {
    const given = contextFor('2021-09-06T11:00:00.000Z');
    expect(given.occurredAt).toBe('2021-09-06T11:00:00.000Z');
    expect(given.occursNow).toBeUndefined();
  });
});
