import fc from 'fast-check';
import { isRefusal, refuse } from '../shared/refusal.js';
import {
  parseRegistrationCode,
  registrationCodeAlphabet,
  registrationCodeFrom,
} from './registration-code.js';

const codes = fc.uint8Array({ minLength: 8, maxLength: 16 }).map(registrationCodeFrom);
const places = fc.integer({ min: 0, max: 8 });
const characters = fc.constantFrom(...Array.from(registrationCodeAlphabet));

const malformed = (wrong: string) =>
  refuse('REGISTRATION_CODE_MALFORMED', { rule: 'rule 1', field: 'registrationCode', facts: { wrong } });

const bare = (code: string) => Array.from(code.replaceAll('-', ''));

describe('a registration code', () => {
  it('is the same for the same random bytes', () => {
    expect(registrationCodeFrom(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toBe('99K-8AG-27T');
  });

  it('is three groups of three, without characters that look alike', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[^01OILUV]{3}-[^01OILUV]{3}-[^01OILUV]{3}$/);
      }),
    );
  });

  it('can be read back in any case, with or without spaces and hyphens', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom('', ' ', '-', ' - ', '\u2011', '.'), (code, between) => {
        expect(parseRegistrationCode(bare(code).join(between).toLowerCase())).toBe(code);
        expect(parseRegistrationCode(` ${code}\n`)).toBe(code);
      }),
    );
  });

  it('catches any one mistyped character', () => {
    fc.assert(
      fc.property(codes, places, characters, (code, place, typed) => {
        const meant = bare(code);
        fc.pre(meant[place] !== typed);
        expect(parseRegistrationCode(meant.with(place, typed).join(''))).toEqual(malformed('CHECK'));
      }),
    );
  });

  it('catches any two swapped characters, next to each other or not', () => {
    fc.assert(
      fc.property(codes, places, places, (code, one, other) => {
        const meant = bare(code);
        const [first = '', second = ''] = [meant[one], meant[other]];
        fc.pre(first !== second);
        expect(parseRegistrationCode(meant.with(one, second).with(other, first).join(''))).toEqual(
          malformed('CHECK'),
        );
      }),
    );
  });

  it('spreads random bytes over all its characters', () => {
    const seen = new Set(fc.sample(codes, 500).flatMap(bare));
    expect([...seen].sort().join('')).toBe(registrationCodeAlphabet);
  });

  it('never breaks on whatever is typed instead of a code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        const read = parseRegistrationCode(input);
        if (isRefusal(read)) expect(read.code).toBe('REGISTRATION_CODE_MALFORMED');
        else expect(parseRegistrationCode(read)).toBe(read);
      }),
    );
  });

  it.each([
    ['', 'LENGTH'],
    ['K7M-4QX-9T', 'LENGTH'],
    ['K7M-4QX-9TPP', 'LENGTH'],
    ['K7M-4QX-9T0', 'CHARACTER'],
    ['K7M-4QX-9Tß', 'CHARACTER'],
    [' '.repeat(10_000), 'LENGTH'],
  ])('says of %j that its %s is wrong', (input, wrong) => {
    expect(parseRegistrationCode(input)).toEqual(malformed(wrong));
  });

  it('is not made from too few random bytes', () => {
    expect(() => registrationCodeFrom(new Uint8Array(7))).toThrow(RangeError);
  });
});
