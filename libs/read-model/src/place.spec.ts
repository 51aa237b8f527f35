import fc from 'fast-check';
import { cursorOf, InvalidCursor, placeOf } from './place.js';

describe('a place in a list', () => {
  const moments = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });

  it('comes back from its cursor', () => {
    fc.assert(
      fc.property(moments, fc.uuid(), fc.constantFrom('', '!', '-'), (at, id, mark) => {
        expect(placeOf(cursorOf({ at, id }, mark), ['', '!', '-'])).toEqual({ at, id, mark });
      }),
    );
  });

  it('is refused when no list can have it', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const texts = [
      '',
      '|',
      `|2021-03-31|${id}`,
      `|2021-02-31T00:00:00.000Z|${id}`,
      `|0000-01-01T00:00:00.000Z|${id}`,
    ];
    const cursors = texts.map((text) => Buffer.from(text).toString('base64url'));
    const ofAnotherPart = cursorOf({ at: new Date(0), id }, '!');
    for (const cursor of [...cursors, ofAnotherPart, 'no cursor']) {
      expect(() => placeOf(cursor)).toThrow(InvalidCursor);
    }
  });
});
