import { isDay, isReferenceId, type Day } from '@spil/domain';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/**
 * A scalar that travels as a string and refuses whatever does not read as one of its values. Messages name the expected
 * form, never the value received.
 */
function stringScalar<Internal>(scalar: {
  name: string;
  description: string;
  expected: string;
  parse: (text: string) => Internal | undefined;
  serialize: (value: unknown) => string;
}): GraphQLScalarType<Internal, string> {
  const parse = (value: unknown, nodes?: ValueNode): Internal => {
    const parsed = typeof value === 'string' && value.length <= 64 ? scalar.parse(value) : undefined;
    if (parsed === undefined) throw new GraphQLError(`expected ${scalar.expected}`, { nodes });
    return parsed;
  };
  return new GraphQLScalarType<Internal, string>({
    name: scalar.name,
    description: scalar.description,
    serialize: scalar.serialize,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw new TypeError('a scalar that is stored as text is something else');
};

/** Parses an instant strictly: an impossible date is refused rather than moved to the next month. */
export function parseInstant(value: string): string | undefined {
  const match = instantPattern.exec(value);
  if (match === null || parseDay(match[1] ?? '') === undefined) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Parses a calendar day strictly, between 1900 and 2199. */
export const parseDay = (value: string): Day | undefined =>
  /^(?:19|20|21)/.test(value) && isDay(value) ? value : undefined;

const decimal = (value: string): bigint | undefined => {
  const number = /^(?:0|[1-9]\d{0,18})$/.test(value) ? BigInt(value) : undefined;
  return number !== undefined && number <= highest ? number : undefined;
};

/** The highest number that the log and the read models can hold. */
const highest = 2n ** 63n - 1n;

const bigintText = (value: unknown): string => {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value)))
    return value.toString();
  if (typeof value === 'string' && decimal(value) !== undefined) return value;
  throw new TypeError('a position or revision is not a whole number');
};

/** A moment; parsed to ISO 8601 in UTC with milliseconds. */
export const InstantScalar = stringScalar({
  name: 'Instant',
  description:
    'A moment, ISO 8601 with a time zone, for example `2021-03-31T09:30:00Z` or `2021-03-31T11:30:00+02:00`. Answers are in UTC with milliseconds.',
  expected: 'a moment such as 2021-03-31T09:30:00Z',
  parse: parseInstant,
  serialize: (value) => (value instanceof Date ? value.toISOString() : new Date(text(value)).toISOString()),
});

export const DayScalar = stringScalar({
  name: 'Day',
  description: 'A calendar day in the Netherlands, for example `2021-03-31`.',
  expected: 'a day such as 2021-03-31',
  parse: parseDay,
  serialize: text,
});

export const UuidScalar = stringScalar({
  name: 'Uuid',
  description: 'A UUID (RFC 9562) in lower case, for example `3f0b9a52-7c1e-4d6a-9a53-0d1c5e2f7b11`.',
  expected: 'a UUID',
  parse: (value) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
      ? value.toLowerCase()
      : undefined,
  serialize: text,
});

export const ReferenceIdScalar = stringScalar({
  name: 'ReferenceId',
  description:
    'The id of a location, organisation or professional: letters, digits and hyphens, for example `utrecht`.',
  expected: 'an id of letters, digits and hyphens',
  parse: (value) => (isReferenceId(value) ? value : undefined),
  serialize: text,
});

export const PositionScalar = stringScalar({
  name: 'Position',
  description:
    'A place in the log of all events, as a decimal string. Later events have higher positions; differences mean nothing.',
  expected: 'a position in decimal digits',
  parse: decimal,
  serialize: bigintText,
});

export const RevisionScalar = stringScalar({
  name: 'Revision',
  description: 'The number of the last event of a case, as a decimal string; the first event has revision 0.',
  expected: 'a revision in decimal digits',
  parse: decimal,
  serialize: bigintText,
});

export const MunicipalityCodeScalar = stringScalar({
  name: 'MunicipalityCode',
  description: 'CBS code of a municipality, for example `GM0363` for Amsterdam.',
  expected: 'a CBS municipality code such as GM0363',
  parse: (value) => (/^GM\d{4}$/.test(value) ? value : undefined),
  serialize: text,
});
