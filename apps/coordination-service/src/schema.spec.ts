import { readFile } from 'node:fs/promises';
import { isInputObjectType, isObjectType, printSchema, buildSchema as parseSchema } from 'graphql';
import { schemaDrift } from './schema-drift.js';
import { buildSchema, schemaText } from './schema.js';

describe('the committed schema', () => {
  it('is what the code says; run `npm run schema` when it is not', async () => {
    const committed = await readFile('apps/coordination-service/schema.graphql', 'utf8');
    expect(schemaDrift(committed, schemaText(await buildSchema()))).toEqual([]);
  });

  it('describes every query, mutation and subscription', async () => {
    const schema = await buildSchema();
    const undescribed = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
      .flatMap((type) => Object.values(type?.getFields() ?? {}))
      .filter(({ description }) => description == null);
    expect(undescribed.map(({ name }) => name)).toEqual([]);
  });

  it('has a description on every type', async () => {
    const types = Object.values((await buildSchema()).getTypeMap()).filter(
      (type) => (isObjectType(type) || isInputObjectType(type)) && !type.name.startsWith('__'),
    );
    const rootTypes = ['Query', 'Mutation', 'Subscription'];
    expect(
      types
        .filter(({ name, description }) => description == null && !rootTypes.includes(name))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('asks one input and a command id of every mutation', async () => {
    const schema = await buildSchema();
    for (const mutation of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect([mutation.name, mutation.args.map(({ name }) => name)]).toEqual([mutation.name, ['input']]);
      const input = schema.getType(`${mutation.name.charAt(0).toUpperCase()}${mutation.name.slice(1)}Input`);
      expect([mutation.name, isInputObjectType(input) && 'commandId' in input.getFields()]).toEqual([
        mutation.name,
        true,
      ]);
    }
  });
});

describe('the drift between two schemas', () => {
  const before = printSchema(parseSchema('type Query { a: String b(c: Int): String } enum E { X }'));

  it('is none between the same', () => {
    expect(schemaDrift(before, before)).toEqual([]);
  });

  it('says which clients break and what surprises them', () => {
    const after = printSchema(parseSchema('type Query { b(c: Int!): String } enum E { X Y }'));
    expect(schemaDrift(before, after)).toEqual(
      expect.arrayContaining([
        'breaks clients: Query.a was removed.',
        'breaks clients: Query.b arg c has changed type from Int to Int!.',
        'may surprise clients: Y was added to enum type E.',
        '- a: String',
      ]),
    );
  });
});
