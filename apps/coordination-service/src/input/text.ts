import { isReferenceId } from '@spil/domain';
import { registerDecorator, type ValidationOptions } from 'class-validator';

/** Why a text cannot be taken, in words that continue "the field ..."; undefined when it can. */
export function textProblem(
  value: unknown,
  { max, lines }: { max: number; lines: boolean },
): string | undefined {
  if (typeof value !== 'string') return 'must be text';
  if (value.length > max) return `must be at most ${max} characters long`;
  if (value.trim() === '') return 'must not be blank';
  if (/\p{Cs}/u.test(value)) return 'contains half a character (a lone surrogate)';
  if ((lines ? forbiddenInText : forbiddenInLine).test(value))
    return lines ? 'contains a control character' : 'contains a control character or a line break';
  return undefined;
}

const forbiddenInLine = /\p{Cc}|[\u2028\u2029]/u;
const forbiddenInText = /(?![\t\n\r])\p{Cc}/u;

const decorated =
  (
    name: string,
    problem: (value: unknown) => string | undefined,
    options?: ValidationOptions,
  ): PropertyDecorator =>
  (target, property) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      ...(options !== undefined && { options }),
      validator: {
        validate: (value: unknown) => problem(value) === undefined,
        defaultMessage: (at) =>
          options?.each === true && Array.isArray(at?.value)
            ? (at.value.map(problem).find((one) => one !== undefined) ?? 'is not acceptable')
            : (problem(at?.value) ?? 'is not acceptable'),
      },
    });
  };

/** Text of several lines, not blank, without control characters or half characters. `max` counts UTF-16 units. */
export const IsPlainText = ({ max }: { max: number } = { max: 10_000 }, options?: ValidationOptions) =>
  decorated('isPlainText', (value) => textProblem(value, { max, lines: true }), options);

/** One line of text: a name, an address, a sentence. */
export const IsSentence = ({ max }: { max: number } = { max: 300 }, options?: ValidationOptions) =>
  decorated('isSentence', (value) => textProblem(value, { max, lines: false }), options);

/** The id of a location, organisation or professional: letters, digits and hyphens. */
export const IsReferenceId = (options?: ValidationOptions) =>
  decorated(
    'isReferenceId',
    (value) =>
      typeof value === 'string' && isReferenceId(value)
        ? undefined
        : 'must be an id of letters, digits and hyphens',
    options,
  );

/** A CBS municipality code such as `GM0363`. */
export const IsMunicipalityCode = (options?: ValidationOptions) =>
  decorated(
    'isMunicipalityCode',
    (value) =>
      typeof value === 'string' && /^GM\d{4}$/.test(value)
        ? undefined
        : 'must be a CBS municipality code such as GM0363',
    options,
  );

/** A phone number as people write it. */
export const IsPhoneNumber = (options?: ValidationOptions) =>
  decorated(
    'isPhoneNumber',
    (value) =>
      typeof value === 'string' && /^\+?[0-9][0-9 ()-]{5,24}$/.test(value)
        ? undefined
        : 'must be a phone number',
    options,
  );
