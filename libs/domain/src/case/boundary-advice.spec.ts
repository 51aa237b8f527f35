import { adviseBoundary } from './boundary-advice.js';

describe('at the boundary between first and second line, Spil advises', () => {
  it('to refer when a procedural document is needed and the case qualifies for a toevoeging', () => {
    expect(adviseBoundary({ proceduralDocumentNeeded: true, qualifiesForToevoeging: true })).toBe(
      'REFER_TO_SECOND_LINE',
    );
  });

  it('to flag a possible self-reliance problem when the document is needed and the case does not qualify', () => {
    expect(adviseBoundary({ proceduralDocumentNeeded: true, qualifiesForToevoeging: false })).toBe(
      'PROPOSE_FLAG',
    );
  });

  it.each([true, false])(
    'to stay in the first line without a procedural document',
    (qualifiesForToevoeging) => {
      expect(adviseBoundary({ proceduralDocumentNeeded: false, qualifiesForToevoeging })).toBe(
        'STAY_IN_FIRST_LINE',
      );
    },
  );
});
