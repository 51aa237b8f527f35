import { testPrincipal } from '../../../../test/support/tokens.js';
import { purposeOf } from './purpose.js';

const known = (principal: ReturnType<typeof testPrincipal.professional>) => ({
  principal,
  expiresAt: Date.now() + 60_000,
});

describe('the purpose of a request', () => {
  it('is the own purpose of a role unless another is stated', () => {
    expect(purposeOf(known(testPrincipal.professional()), undefined)).toBe('CASEWORK');
    expect(purposeOf(known(testPrincipal.professional()), 'SUBJECT_ACCESS')).toBe('SUBJECT_ACCESS');
    expect(purposeOf(known(testPrincipal.auditor), undefined)).toBe('AUDIT');
  });

  it('is none when the role may not ask for it, or nobody knows it', () => {
    for (const stated of ['AUDIT', 'casework', '', 7, ['CASEWORK'], '__proto__'])
      expect([stated, purposeOf(known(testPrincipal.professional()), stated)]).toEqual([stated, undefined]);
  });

  it('is none without a valid token', () => {
    expect(purposeOf({ fault: 'EXPIRED' }, 'CASEWORK')).toBeUndefined();
  });
});
