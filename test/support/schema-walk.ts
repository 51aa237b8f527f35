import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** A field at the top of the schema. */
export interface Root {
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every query, mutation and subscription. */
export const rootsOf = (schema: GraphQLSchema): Root[] =>
  (
    [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ] as const
  ).flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ operation, field })),
  );

/** Where, at and below a root, a type is reached: `ParentType.field`. */
export function placesOf(root: Root, typeName: string): Set<string> {
  const places = new Set<string>();
  const walked = new Set<GraphQLNamedType>();
  const walk = (type: GraphQLNamedType): void => {
    if (walked.has(type)) return;
    walked.add(type);
    if (isUnionType(type)) for (const member of type.getTypes()) walk(member);
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const below = getNamedType(field.type);
      if (below.name === typeName) places.add(`${type.name}.${field.name}`);
      walk(below);
    }
  };
  const top = getNamedType(root.field.type);
  if (top.name === typeName) places.add(root.field.name);
  walk(top);
  return places;
}

/** Values for arguments by name of the argument or else by name of its type, as GraphQL literals. */
export type Literals = Readonly<Record<string, string>>;

/** Asks everything below a root, each type once on the way down; `__typename` beside every field. */
export const documentFor = ({ operation, field }: Root, literals: Literals): string =>
  `${operation} { ${field.name}${argumentsOf(field, literals, true)}${selection(getNamedType(field.type), [], literals)} }`;

function selection(type: GraphQLNamedType, above: readonly GraphQLNamedType[], literals: Literals): string {
  if (isUnionType(type))
    return ` { __typename ${type
      .getTypes()
      .map((member) => `... on ${member.name}${selection(member, above, literals)}`)
      .join(' ')} }`;
  if (!isObjectType(type)) return '';
  const path = [...above, type];
  const fields = Object.values(type.getFields())
    .filter((field) => !path.includes(getNamedType(field.type)))
    .map(
      (field) =>
        `${field.name}${argumentsOf(field, literals, false)}${selection(getNamedType(field.type), path, literals)}`,
    );
  return ` { __typename ${fields.join(' ')} }`;
}

/** Arguments that must be given; at the top also those for which there is a value by name, and everywhere how many rows. */
function argumentsOf(
  { args }: GraphQLField<unknown, unknown>,
  literals: Literals,
  atTheTop: boolean,
): string {
  const given = args.flatMap(({ name, type }) => {
    const named = atTheTop || name === 'first' ? literals[name] : undefined;
    if (named === undefined && !isNonNullType(type)) return [];
    return [`${name}: ${named ?? literalOf(type, literals)}`];
  });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function literalOf(type: GraphQLInputType, literals: Literals): string {
  if (isNonNullType(type)) return literalOf(type.ofType, literals);
  if (isListType(type)) return `[${literalOf(type.ofType, literals)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type))
    return `{ ${Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type))
      .map((field) => `${field.name}: ${literalOf(field.type, literals)}`)
      .join(', ')} }`;
  const literal = literals[type.name];
  if (literal === undefined) throw new Error(`no value for an argument of type ${type.name}`);
  return literal;
}

/** A text somewhere in an answer. */
export interface FoundText {
  readonly text: string;
  /** `ParentType.field`, when it is the value of a personal field. */
  readonly personal: string | undefined;
}

/** Every text in an answer to a document of {@link documentFor}. */
export function textsIn(answer: unknown, parent = '', field = ''): FoundText[] {
  if (typeof answer === 'string') return [{ text: answer, personal: undefined }];
  if (Array.isArray(answer)) return answer.flatMap((item) => textsIn(item, parent, field));
  if (typeof answer !== 'object' || answer === null) return [];
  const object = answer as Readonly<Record<string, unknown>>;
  if (object.__typename === 'PersonalText')
    return typeof object.value === 'string' ? [{ text: object.value, personal: `${parent}.${field}` }] : [];
  const type = typeof object.__typename === 'string' ? object.__typename : parent;
  return Object.entries(object)
    .filter(([name]) => name !== '__typename')
    .flatMap(([name, value]) => textsIn(value, type, name));
}
