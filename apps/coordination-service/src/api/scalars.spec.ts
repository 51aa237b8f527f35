import fc from 'fast-check';
import {
  DayScalar,
  InstantScalar,
  MunicipalityCodeScalar,
  PositionScalar,
  ReferenceIdScalar,
  RevisionScalar,
  UuidScalar,
} from './scalars.js';

describe('an instant', () => {
  it('is read with any time zone and kept in UTC with milliseconds', () => {
    expect(InstantScalar.parseValue('2021-03-31T11:30:00+02:00')).toBe('2021-03-31T09:30:00.000Z');
    expect(InstantScalar.parseValue('2021-03-31T09:30Z')).toBe('2021-03-31T09:30:00.000Z');
    expect(InstantScalar.parseValue('2024-02-29T23:59:59.999Z')).toBe('2024-02-29T23:59:59.999Z');
  });

  it('is refused when it is no moment on the calendar or the clock', () => {
    for (const wrong of [
      '2021-02-30T00:00:00Z',
      '2023-02-29T00:00:00Z',
      '2021-13-01T00:00:00Z',
      '2021-01-01T24:00:00Z',
      '2021-01-01T12:60:00Z',
      '2021-01-01T12:00:00',
      '2021-01-01',
      '0001-01-01T00:00:00Z',
      '9999-01-01T00:00:00Z',
      '2021-01-01T12:00:00+19:00',
      ' 2021-01-01T12:00:00Z',
      'yesterday',
      '',
      1617183000000,
      null,
      {},
    ])
      expect(() => InstantScalar.parseValue(wrong)).toThrow('expected a moment');
  });

  it('survives being written and read again', () => {
    const within = { min: new Date('1901-01-01'), max: new Date('2199-01-01'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(within), (date) => {
        expect(InstantScalar.parseValue(InstantScalar.serialize(date))).toBe(date.toISOString());
      }),
    );
  });
});

describe('a day', () => {
  it('is a day on the calendar', () => {
    expect(DayScalar.parseValue('2020-02-29')).toBe('2020-02-29');
    for (const wrong of [
      '2021-02-29',
      '2021-00-10',
      '2021-1-1',
      '20210101',
      '2021-01-01T00:00:00Z',
      '1066-01-01',
    ])
      expect(() => DayScalar.parseValue(wrong)).toThrow('expected a day');
  });
});

describe('positions and revisions', () => {
  it('travel as decimal strings and are big integers inside', () => {
    expect(PositionScalar.parseValue('9007199254740993')).toBe(9007199254740993n);
    expect(PositionScalar.serialize(9007199254740993n)).toBe('9007199254740993');
    expect(RevisionScalar.parseValue('0')).toBe(0n);
  });

  it('are refused as anything else', () => {
    for (const wrong of ['-1', '1.5', '01', '0x1', '1e3', '', ' 1', '99999999999999999999', 7, null])
      expect(() => RevisionScalar.parseValue(wrong)).toThrow('expected a revision');
  });
});

describe('ids', () => {
  it('are refused when they could mean anything to a database', () => {
    for (const wrong of [
      "'; DROP TABLE cases",
      '../x',
      'a b',
      '%',
      '\u0000',
      '',
      'A',
      '-a',
      'x'.repeat(65),
      '__proto__',
    ])
      expect(() => ReferenceIdScalar.parseValue(wrong)).toThrow('expected an id');
    for (const wrong of ['not-a-uuid', '3f0b9a52', '3f0b9a52-7c1e-4d6a-9a53-0d1c5e2f7b1\u0000'])
      expect(() => UuidScalar.parseValue(wrong)).toThrow('expected a UUID');
    expect(() => MunicipalityCodeScalar.parseValue('0363')).toThrow('expected a CBS municipality code');
  });

  it('are kept in one form', () => {
    expect(UuidScalar.parseValue('3F0B9A52-7C1E-4D6A-9A53-0D1C5E2F7B11')).toBe(
      '3f0b9a52-7c1e-4d6a-9a53-0d1c5e2f7b11',
    );
  });
});
