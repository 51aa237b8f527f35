import type { Principal, Purpose } from '@spil/access';
import { isRefusal, type DecisionContext } from '@spil/domain';
import { contextOf } from './step-session.js';

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
