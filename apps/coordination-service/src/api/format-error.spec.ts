import { EventStoreUnavailable, KeyStoreUnavailable } from '@spil/event-store';
import {
  buildSchema,
  execute,
  GraphQLError,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  validate,
  type GraphQLFormattedError,
} from 'graphql';
import { createLogger } from '../operations/logger.js';
import { newTrace, withinTrace } from '../operations/trace.js';
import { ApiError, badUserInput } from './errors.js';
import { formatError, formatGraphQLError } from './format-error.js';
import { InstantScalar, UuidScalar } from './scalars.js';

const canary = 'Kanarie van der Vogel';
const lines: string[] = [];
const logger = createLogger('debug', { write: (line) => void lines.push(line) });

const format = (error: GraphQLError): GraphQLFormattedError =>
  withinTrace(newTrace(undefined), () => formatGraphQLError(error, logger));
const formatThrown = (thrown: Error): GraphQLFormattedError =>
  withinTrace(newTrace(undefined), () => formatError(new GraphQLError(thrown.message), thrown, logger));

const schema = buildSchema(`
  scalar Uuid
  scalar Instant
  enum Area { HUUR ARBEID }
  input Client { name: String! areas: [Area!] at: Instant }
  type Query { case(id: Uuid, area: Area, input: Client, first: Int): String }
`);
Object.assign(schema.getType('Uuid') ?? {}, {
  parseValue: UuidScalar.parseValue,
  parseLiteral: UuidScalar.parseLiteral,
});
Object.assign(schema.getType('Instant') ?? {}, {
  parseValue: InstantScalar.parseValue,
  parseLiteral: InstantScalar.parseLiteral,
});

/** What a client is told of a wrong variable. */
const ofVariable = (declared: string, use: string, value: unknown) => {
  const result = execute({
    schema,
    document: parse(`query ($value: ${declared}) { case(${use}: $value) }`),
    variableValues: value === undefined ? {} : { value },
  });
  if (result instanceof Promise) throw new Error('not synchronous');
  return (result.errors ?? []).map((error) => format(error)).map(({ extensions }) => extensions?.fields);
};

/** What a client is told of a wrong value in a document. */
const ofDocument = (use: string) =>
  validate(schema, parse(`{ case(${use}) }`))
    .map((error) => format(error))
    .map(({ extensions }) => extensions?.fields);

describe('a value that does not fit its type', () => {
  it('is told of by its path in the variables, without the value', () => {
    const wrong = [
      ofVariable('Uuid!', 'id', canary),
      ofVariable('Area', 'area', canary),
      ofVariable('Client', 'input', { name: 1 }),
      ofVariable('Client', 'input', { name: 'x', areas: ['HUUR', canary] }),
      ofVariable('Client', 'input', { name: 'x', at: canary }),
      ofVariable('Client', 'input', {}),
      ofVariable('Client', 'input', { name: null }),
      ofVariable('Client', 'input', { name: 'x', bsn: canary }),
      ofVariable('Int', 'first', 1.5),
      ofVariable('Uuid!', 'id', undefined),
    ];
    expect(wrong.map((fields) => (fields as { field: string; message: string }[][])[0]?.[0])).toEqual([
      { field: 'value', message: 'expected a UUID' },
      { field: 'value', message: 'is not one of the values of Area' },
      { field: 'value.name', message: 'does not fit the type String' },
      { field: 'value.areas[1]', message: 'is not one of the values of Area' },
      { field: 'value.at', message: 'expected a moment such as 2021-03-31T09:30:00Z' },
      { field: 'value.name', message: 'is required' },
      { field: 'value.name', message: 'is required' },
      { field: 'value.bsn', message: 'is not a field of this input' },
      { field: 'value', message: 'does not fit the type Int' },
      { field: 'value', message: 'is required' },
    ]);
    expect(JSON.stringify(wrong)).not.toContain(canary);
  });

  it('is told of by its name in the document, without the value', () => {
    const wrong = [
      ofDocument(`id: "${canary}"`),
      ofDocument('area: KANARIE'),
      ofDocument(`area: "${canary}"`),
      ofDocument('input: { name: 1 }'),
      ofDocument('input: { name: "x", at: "gisteren" }'),
      ofDocument('first: "1"'),
      ofDocument('input: {}'),
    ];
    expect(wrong.map((fields) => (fields as { field: string; message: string }[][])[0]?.[0])).toEqual([
      { field: 'id', message: 'expected a UUID' },
      { field: 'area', message: 'is not one of the values of Area' },
      { field: 'area', message: 'is not one of the values of Area' },
      { field: 'name', message: 'does not fit the type String' },
      { field: 'at', message: 'expected a moment such as 2021-03-31T09:30:00Z' },
      { field: 'first', message: 'does not fit the type Int' },
      { field: 'name', message: 'is required' },
    ]);
    expect(JSON.stringify(wrong)).not.toContain(canary);
  });
});

describe('an error on its way out', () => {
  beforeEach(() => lines.splice(0));

  it('keeps what we wrote for people and carries the trace id', () => {
    expect(formatThrown(badUserInput([{ field: 'input.name', message: 'must not be blank' }]))).toEqual({
      message: 'input.name: must not be blank',
      extensions: {
        code: 'BAD_USER_INPUT',
        fields: [{ field: 'input.name', message: 'must not be blank' }],
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      },
    });
  });

  it('is masked when it is not ours, and logged without what it quotes', () => {
    const thrown = Object.assign(new Error(`duplicate key value: ${canary}`), {
      code: '23505',
      detail: canary,
    });
    const formatted = formatThrown(thrown);
    expect(formatted.extensions?.code).toBe('INTERNAL');
    expect(JSON.stringify([formatted, lines])).not.toMatch(/Kanarie|duplicate/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"code":"23505"');
  });

  it('is a clear UNAVAILABLE when something we depend on is away', () => {
    const away = [
      new EventStoreUnavailable('append'),
      new KeyStoreUnavailable('find keys'),
      Object.assign(new Error(`connect ECONNREFUSED ${canary}`), { code: 'ECONNREFUSED' }),
      new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })], 'all failed'),
      Object.assign(new Error('terminating connection'), { code: '57P01' }),
      Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
      Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
      Object.assign(new Error('cannot execute INSERT in a read-only transaction'), { code: '25006' }),
      new Error('timeout exceeded when trying to connect'),
      new Error('Query read timeout'),
      new Error('Connection terminated unexpectedly'),
      new Error('Cannot use a pool after calling end on the pool'),
      new Error('Client was closed and is not queryable'),
    ].map((thrown) => formatThrown(thrown).extensions);
    expect(away.map((extensions) => [extensions?.code, extensions?.dependency])).toEqual([
      ['UNAVAILABLE', 'EVENT_STORE'],
      ['UNAVAILABLE', 'KEYS'],
      ...Array.from({ length: 11 }, () => ['UNAVAILABLE', 'READ_DATABASE']),
    ]);
    expect(lines.join()).not.toContain(canary);
  });

  it('is logged with the kind of what was thrown and of its cause', () => {
    const refused = Object.assign(new Error(`connect ECONNREFUSED ${canary}`), { code: 'ECONNREFUSED' });
    formatThrown(new KeyStoreUnavailable('find keys', { cause: refused }));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'a request found something away',
      dependency: 'KEYS',
      err: { kind: 'KeyStoreUnavailable', cause: { kind: 'Error', code: 'ECONNREFUSED' } },
    });
  });

  it('does not tell apart causes that only we may know', () => {
    const ours = [
      new TypeError(canary),
      new RangeError(canary),
      new ApiError('INTERNAL', 'x', {}, { cause: canary }),
    ];
    for (const thrown of ours) expect(JSON.stringify(formatThrown(thrown))).not.toContain(canary);
  });

  it('leaves no suggestion behind', () => {
    const client = new GraphQLObjectType({ name: 'Query', fields: { client: { type: GraphQLString } } });
    const errors = validate(new GraphQLSchema({ query: client }), parse('{ clent }'));
    expect(errors.map((error) => format(error).message)).toEqual([
      'Cannot query field "clent" on type "Query".',
    ]);
  });
});
