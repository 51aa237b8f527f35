import 'reflect-metadata';
import { ValidationError, validateSync } from 'class-validator';
import {
  IsMunicipalityCode,
  IsPhoneNumber,
  IsPlainText,
  IsReferenceId,
  IsSentence,
  textProblem,
} from './text.js';

class Letter {
  @IsSentence({ max: 20 })
  subject: unknown = 'ok';

  @IsPlainText({ max: 50 })
  body: unknown = 'ok';

  @IsSentence({ max: 10 }, { each: true })
  names: unknown = [];

  @IsReferenceId()
  location: unknown = 'utrecht';

  @IsMunicipalityCode()
  municipality: unknown = 'GM0344';

  @IsPhoneNumber()
  phone: unknown = '030 123 45 67';
}

const complaints = (changes: Partial<Letter>) =>
  validateSync(Object.assign(new Letter(), changes)).flatMap((error: ValidationError) =>
    Object.values(error.constraints ?? {}).map((message) => `${error.property} ${message}`),
  );

describe('text that people type', () => {
  it('may hold any script, accents and emoji', () => {
    expect(complaints({ subject: 'Ça va, 张 👩‍⚖️?', body: 'regel 1\nregel 2\ttab' })).toEqual([]);
  });

  it('is refused blank', () => {
    expect(complaints({ subject: ' \u00a0 ', body: '\n\t' })).toEqual([
      'subject must not be blank',
      'body must not be blank',
    ]);
  });

  it('is refused with NUL, other control characters or half a character', () => {
    expect(complaints({ body: 'a\u0000b' })).toEqual(['body contains a control character']);
    expect(complaints({ body: 'a\u001bb' })).toEqual(['body contains a control character']);
    expect(complaints({ body: 'a\ud800b' })).toEqual(['body contains half a character (a lone surrogate)']);
    expect(complaints({ subject: 'a\nb' })).toEqual(['subject contains a control character or a line break']);
  });

  it('is refused at absurd length, before anything else looks at it', () => {
    expect(complaints({ subject: 'x'.repeat(21) })).toEqual(['subject must be at most 20 characters long']);
    expect(textProblem('x'.repeat(50_000_000), { max: 10, lines: true })).toBe(
      'must be at most 10 characters long',
    );
  });

  it('is refused when it is no text', () => {
    for (const value of [1, null, {}, [], true])
      expect(complaints({ subject: value })).toEqual(['subject must be text']);
  });

  it('is looked at one by one in lists', () => {
    expect(complaints({ names: ['Anna', ''] })).toEqual(['names must not be blank']);
  });
});

describe('coded text', () => {
  it('is refused in another form', () => {
    expect(complaints({ location: 'Utrecht;' })).toEqual([
      'location must be an id of letters, digits and hyphens',
    ]);
    expect(complaints({ municipality: '0344' })).toEqual([
      'municipality must be a CBS municipality code such as GM0363',
    ]);
    expect(complaints({ phone: 'call me' })).toEqual(['phone must be a phone number']);
  });
});
