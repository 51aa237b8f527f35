import fc from 'fast-check';
import {
  execute,
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { compiledExecution, type Operation } from './compiled-execution.js';
import { createLogger } from '../operations/logger.js';
import { ApiError } from './errors.js';
import { formatError } from './format-error.js';
import { InstantScalar, PositionScalar } from './scalars.js';

const required = <T extends ConstructorParameters<typeof GraphQLNonNull>[0]>(type: T) =>
  new GraphQLNonNull(type);
const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value));
const fails = () => {
  throw new ApiError('BAD_USER_INPUT', 'There is no such case.', {});
};

const Status = new GraphQLEnumType({
  name: 'Status',
  values: { OPEN: { value: 'o' }, CLOSED: { value: 'c' } },
});

/** Fields of every kind: of data and resolved, at once and later, nullable and not, present, empty and failing. */
const fields = (): GraphQLFieldConfigMap<unknown, unknown> => ({
  name: { type: GraphQLString },
  absent: { type: GraphQLString },
  count: { type: required(GraphQLInt) },
  notANumber: { type: GraphQLInt },
  status: { type: Status },
  wrongStatus: { type: Status },
  at: { type: InstantScalar },
  position: { type: required(PositionScalar) },
  later: { type: GraphQLString, resolve: () => later('later') },
  fails: { type: GraphQLString, resolve: fails },
  failsLater: { type: GraphQLString, resolve: () => later(0).then(fails) },
  mustNotFail: { type: required(GraphQLString), resolve: fails },
  mustNotFailLater: { type: required(GraphQLString), resolve: () => later(0).then(fails) },
  mustNotBeNull: { type: required(GraphQLString), resolve: () => null },
  given: {
    type: GraphQLString,
    args: {
      text: { type: GraphQLString, defaultValue: 'unless given' },
      status: { type: Status },
      at: { type: InstantScalar },
      filter: { type: Filter },
      many: { type: new GraphQLList(GraphQLInt) },
    },
    resolve: (_source, args) => JSON.stringify(args),
  },
  after: {
    type: GraphQLString,
    args: { position: { type: PositionScalar } },
    resolve: (_source, { position }) => `${typeof position} ${String(position)}`,
  },
  path: {
    type: GraphQLString,
    resolve: (_source, _args, _context, { path, fieldName, operation }) =>
      JSON.stringify([path.key, path.prev?.key, fieldName, operation.operation]),
  },
});

const Filter: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'Filter',
  fields: () => ({
    text: { type: required(GraphQLString) },
    open: { type: GraphQLBoolean, defaultValue: true },
    statuses: { type: new GraphQLList(required(Status)) },
  }),
});

const nested = (): GraphQLFieldConfigMap<unknown, unknown> => ({
  child: { type: Thing, resolve: () => thing },
  childLater: { type: Thing, resolve: () => later(thing) },
  childOrNothing: { type: Thing, resolve: () => null },
  requiredChild: { type: required(Thing), resolve: () => thing },
  children: { type: required(new GraphQLList(required(Thing))), resolve: () => [thing, thing] },
  loose: { type: new GraphQLList(Thing), resolve: () => [thing, null, later(thing)] },
  strictLater: {
    type: new GraphQLList(required(Thing)),
    resolve: () => later([thing, thing]),
  },
  words: { type: new GraphQLList(GraphQLString), resolve: () => ['a', null, 'b'] },
  noList: { type: new GraphQLList(GraphQLString), resolve: () => 42 },
  either: { type: Either, resolve: () => other },
  eithers: { type: required(new GraphQLList(Either)), resolve: () => [thing, other, null] },
  named: { type: Named, resolve: () => later(thing) },
});

const Named: GraphQLInterfaceType = new GraphQLInterfaceType({
  name: 'Named',
  fields: { name: { type: GraphQLString } },
  resolveType: (value) => (value as { kind: string }).kind,
});
const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  interfaces: [Named],
  fields: () => ({ ...fields(), ...nested() }),
});
const Other: GraphQLObjectType = new GraphQLObjectType({
  name: 'Other',
  interfaces: [Named],
  fields: { name: { type: GraphQLString }, fails: { type: GraphQLString, resolve: fails } },
});
const Either: GraphQLUnionType = new GraphQLUnionType({
  name: 'Either',
  types: () => [Thing, Other],
  resolveType: (value) => (value as { kind: string }).kind,
});

const thing = {
  kind: 'Thing',
  name: 'naam',
  count: 3,
  notANumber: 'three',
  status: 'o',
  wrongStatus: 'x',
  at: new Date('2021-02-01T10:00:00Z'),
  position: 12n,
};
const other = { kind: 'Other', name: 'ander' };

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: () => nested() }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: () => ({ step: { type: required(Either), resolve: () => later(other) } }),
  }),
  types: [Thing, Other],
});

const logger = createLogger('silent');

/** What leaves the service, whatever the order in which errors were met. */
const comparable = ({ data, errors }: ExecutionResult): unknown => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  errors: (errors ?? [])
    .map((error) => {
      // As Apollo completes it before it asks for the last word.
      const extensions = { code: 'INTERNAL_SERVER_ERROR', ...error.extensions };
      // A field that is asked twice, once in vain, counts as two locations or one.
      const told = formatError({ ...error.toJSON(), extensions }, error, logger);
      return JSON.stringify({ ...told, locations: undefined });
    })
    .sort(),
});

async function bothWays(
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
  operationName?: string,
) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const ways: string[] = [];
  const run = compiledExecution(schema, { onExecute: (way) => ways.push(way) });
  const operation: Operation = { source, document, variables, context: {}, operationName };
  const first = await run(operation);
  const again = await run(operation);
  const reference = await execute({
    schema,
    document,
    contextValue: {},
    variableValues: variables,
    operationName,
  });
  return { first, again, reference, way: ways[0] };
}

async function expectSame(
  source: string,
  variables?: Readonly<Record<string, unknown>>,
  operationName?: string,
) {
  const { first, again, reference, way } = await bothWays(source, variables, operationName);
  expect(comparable(first)).toEqual(comparable(reference));
  expect(comparable(again)).toEqual(comparable(reference));
  return way;
}

describe('compiled execution answers as graphql-js does', () => {
  it.each([
    [
      'unions and interfaces',
      '{ eithers { __typename ... on Thing { count name } ... on Other { name fails } } named { __typename name } }',
    ],
    ['aliases', '{ one: child { x: name y: name } two: child { x: count path } }'],
    ['fields that are asked twice', '{ child { name child { count } } child { status child { name at } } }'],
    ['lists with holes', '{ loose { name later } words }'],
    ['scalars of our own', '{ child { at position } }'],
    ['what is no list', '{ noList words }'],
    ['enums', '{ child { status wrongStatus } }'],
    [
      'fragments',
      '{ child { ...F child { ...F } } } fragment F on Thing { name ...G } fragment G on Named { name __typename }',
    ],
    ['errors, and what stands beside them', '{ child { name fails failsLater } }'],
    [
      'a null that goes up to the next that may be null',
      '{ child { requiredChild { mustNotFail } name } childLater { mustNotBeNull } }',
    ],
    ['a null that goes up to the top', '{ requiredChild { requiredChild { mustNotFailLater } } }'],
    ['a null within a list that may hold none', '{ children { mustNotFail } loose { mustNotFail name } }'],
    [
      'arguments in the document',
      '{ child { given(text: null, status: CLOSED, at: "2021-02-01T11:00:00+01:00", filter: { text: "x", statuses: OPEN }, many: 3) } }',
    ],
    ['mutations', 'mutation { step { __typename ... on Other { name } } }'],
    [
      'questions about the schema',
      '{ __type(name: "Thing") { name fields { name type { name ofType { name } } } } __typename }',
    ],
  ])('%s', async (_what, source) => {
    expect(await expectSame(source)).toBe('compiled');
  });

  it('fields under a condition', async () => {
    const source =
      'query ($yes: Boolean!, $no: Boolean!) { child { name @include(if: $yes) count @include(if: $no) status @skip(if: $yes) at @skip(if: $no) } words @skip(if: true) }';
    expect(await expectSame(source, { yes: true, no: false })).toBe('compiled');
  });

  it('selections under a condition, which are interpreted', async () => {
    const source =
      'query ($no: Boolean!) { child { ...F @include(if: $no) ...F } } fragment F on Thing { name }';
    expect(await expectSame(source, { no: false })).toBe('interpreted');
  });

  it('arguments that the compiler cannot write down, which are interpreted', async () => {
    expect(await expectSame('{ child { after(position: "12") } }')).toBe('interpreted');
  });

  it('the operation that is named', async () => {
    const source = 'query A { child { name } } query B { child { count } }';
    expect(await expectSame(source, {}, 'A')).toBe('compiled');
    expect(await expectSame(source, {}, 'B')).toBe('compiled');
  });

  it('an operation that is not there', async () => {
    const source = 'query A { child { name } } query B { child { count } }';
    expect(await expectSame(source)).toBe('interpreted');
    expect(await expectSame(source, {}, 'C')).toBe('interpreted');
  });

  it('errors that are known again by their class and place', async () => {
    const { first } = await bothWays('{ child { fails } }');
    const [error] = first.errors ?? [];
    expect(error).toBeInstanceOf(GraphQLError);
    expect(error?.originalError).toBeInstanceOf(ApiError);
    expect(error?.path).toEqual(['child', 'fails']);
    expect(error?.locations).toEqual([{ line: 1, column: 11 }]);
  });

  const withVariables =
    'query ($text: String, $status: Status, $at: Instant, $filter: Filter, $many: [Int], $after: Position) { child { given(text: $text, status: $status, at: $at, filter: $filter, many: $many) after(position: $after) } }';
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      undefined,
      '',
      'OPEN',
      'CLOSED',
      'o',
      0,
      1.5,
      -1,
      2 ** 31,
      true,
      [],
      {},
      '12',
    ),
    fc.constantFrom<unknown>('2021-02-01T10:00:00Z', [1, null], [[1]], ['1'], { text: 'x' }, { text: null }),
    fc.record(
      {
        text: fc.constantFrom<unknown>('x', 1, null),
        open: fc.constantFrom<unknown>(false, null, 'true'),
        statuses: fc.constantFrom<unknown>(['OPEN'], 'CLOSED', [null], ['NONE'], null),
        unknown: fc.constant(1),
      },
      { requiredKeys: [] },
    ),
  );

  it('whatever the variables are, right or wrong', async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('text', 'status', 'at', 'filter', 'many', 'after'), odd, {
          maxKeys: 3,
        }),
        async (variables) => {
          if ((await expectSame(withVariables, variables)) === 'compiled') compiled += 1;
        },
      ),
      { numRuns: 150 },
    );
    expect(compiled).toBeGreaterThan(0);
  });

  const harmless = [
    ...['name', 'absent', 'count', 'notANumber', 'status', 'wrongStatus', 'at', 'position', 'later', 'fails'],
    ...['failsLater', 'given', 'path', '__typename', 'given(text: $text)'],
  ];
  const mayNotBeNull = ['mustNotFail', 'mustNotFailLater', 'mustNotBeNull'];
  const branches = [
    'child',
    'childLater',
    'childOrNothing',
    'requiredChild',
    'children',
    'loose',
    'strictLater',
  ];
  const conditions = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)'];
  const seldom = [...Array<string>(30).fill(''), ' @include(if: $yes)', ' @skip(if: $yes)'];

  const selectionsOf = (leaves: readonly string[]) =>
    fc.letrec<{ selection: string; set: string }>((tie) => ({
      set: fc
        .array(tie('selection'), { minLength: 1, maxLength: 4 })
        .map((parts) => `{ ${parts.join(' ')} }`),
      selection: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc
          .tuple(fc.constantFrom(...leaves), fc.constantFrom(...conditions))
          .map(([field, when]) => `${alias(field)}${field}${when}`),
        fc
          .tuple(fc.constantFrom(...branches), fc.constantFrom(...seldom), tie('set'))
          .map(([field, when, set]) => `${field}${when} ${set}`),
        tie('set').map((set) => `... on Thing ${set}`),
        fc
          .tuple(fc.constantFrom('either', 'eithers', 'named'), tie('set'))
          .map(
            ([field, set]) =>
              `${field} { __typename ... on Thing ${set} ... on Other { name otherFails: fails } }`,
          ),
      ),
    })).selection;

  const query = (parts: readonly string[]) =>
    `query ($text: String, $yes: Boolean!, $no: Boolean!) {
       used: child { given(text: $text) name @skip(if: $yes) count @skip(if: $no) }
       child { ${parts.join(' ')} }
     }`;
  const variables = (yes: boolean) => ({ yes, no: !yes, text: 'x' });

  it('whatever is selected', async () => {
    let compiled = 0;
    const selected = fc.array(selectionsOf(harmless), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(selected, fc.boolean(), async (parts, yes) => {
        if ((await expectSame(query(parts), variables(yes))) === 'compiled') compiled += 1;
      }),
      { numRuns: 150 },
    );
    expect(compiled).toBeGreaterThan(20);
  });

  // Of several errors that make one place null, graphql-js tells the one it meets first; how many are told is free.
  it('whatever becomes null, and there are errors when and only when something did', async () => {
    const selected = fc.array(selectionsOf([...harmless, ...mayNotBeNull]), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(selected, fc.boolean(), async (parts, yes) => {
        const { first, reference } = await bothWays(query(parts), variables(yes));
        expect(JSON.parse(JSON.stringify(first.data))).toEqual(JSON.parse(JSON.stringify(reference.data)));
        expect((first.errors ?? []).length > 0).toBe((reference.errors ?? []).length > 0);
      }),
      { numRuns: 150 },
    );
  });
});

/** Different arguments under one name are not allowed beside each other. */
const alias = (field: string) => (field.includes('(') ? 'withText: ' : '');
