import { refuse, type Refusal } from '../shared/refusal.js';

/**
 * Digits and capitals that look alike in no hand and no typeface: no 0 and O, no 1, I and L, no U and V. There are 29,
 * a prime, which is what lets one check character catch every slip that `checkOf` names.
 */
export const registrationCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ';

const radix = registrationCodeAlphabet.length;
const drawn = 8;
const length = drawn + 1;
const bytesNeeded = 8;
const longestInput = 100;

/**
 * A registration code from random bytes, such as `K7M-4QX-9TG`: eight drawn characters and one check character. That
 * makes 29^8, some 500 billion codes: a million cases a year leave even a century's worth sparse, so that a guessed code
 * seldom exists. Uniqueness itself is the store's reservation (rule 1).
 * @param bytes at least 8 random bytes; the bias of reducing 64 bits to 29^8 is below one in ten million
 * @throws RangeError when given fewer bytes
 */
export const registrationCodeFrom = (bytes: Uint8Array): string => {
  if (bytes.length < bytesNeeded)
    throw new RangeError(`a registration code takes ${bytesNeeded} random bytes`);
  let drawing = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const values: number[] = [];
  for (let index = 0; index < drawn; index += 1) {
    values.push(Number(drawing % BigInt(radix)));
    drawing /= BigInt(radix);
  }
  return grouped([...values, checkOf(values)]);
};

/**
 * Reads a code as typed or heard: case, spaces, hyphens and dots do not matter.
 * @returns the code in its one written form, or `REGISTRATION_CODE_MALFORMED` with what is wrong: its `LENGTH`, a
 *   `CHARACTER` that no code has, or the `CHECK`, which means a mistyped or swapped character
 */
export const parseRegistrationCode = (input: string): string | Refusal => {
  if (input.length > longestInput) return malformed('LENGTH');
  const characters = Array.from(input.replace(/[\s.\-\u2010-\u2015]/gu, ''));
  if (characters.length !== length) return malformed('LENGTH');
  const values = characters.map((character) => registrationCodeAlphabet.indexOf(asciiUpper(character)));
  if (values.includes(-1)) return malformed('CHARACTER');
  return checkOf(values.slice(0, drawn)) === values[drawn] ? grouped(values) : malformed('CHECK');
};

/**
 * The check character: position-weighted sum modulo a prime. Weights are different and none is a multiple of the prime,
 * so any one wrong character, and any two swapped ones, next to each other or not, change the sum.
 */
const checkOf = (values: readonly number[]): number => {
  const sum = values.reduce((total, value, index) => total + (index + 2) * value, 0);
  return (radix - (sum % radix)) % radix;
};

const grouped = (values: readonly number[]): string =>
  values
    .map((value) => registrationCodeAlphabet.charAt(value))
    .join('')
    .replace(/(.{3})(?=.)/g, '$1-');

const asciiUpper = (character: string): string =>
  /^[a-z]$/.test(character) ? character.toUpperCase() : character;

const malformed = (wrong: 'LENGTH' | 'CHARACTER' | 'CHECK'): Refusal =>
  refuse('REGISTRATION_CODE_MALFORMED', { rule: 'rule 1', field: 'registrationCode', facts: { wrong } });
