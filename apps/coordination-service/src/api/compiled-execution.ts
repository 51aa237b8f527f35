import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { Injectable } from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  execute,
  getOperationAST,
  getVariableValues,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  visit,
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { documentMemory } from './document-memory.js';

/** One validated request to execute. */
export interface Operation {
  readonly source: string;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly context: unknown;
}

export type Executor = (operation: Operation) => Promise<ExecutionResult>;

/** A document as it is executed from then on; null when graphql-js executes it. */
interface Plan {
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledQuery['query'] | null;
}

/**
 * Executes operations as functions compiled once per document and operation name, and leaves to graphql-js what the
 * compiler does not support. Answers are those of graphql-js; `compiled` tells a test which way an operation went.
 */
export function compiledExecution(
  schema: GraphQLSchema,
  options: { readonly onExecute?: (way: 'compiled' | 'interpreted') => void } = {},
): Executor {
  const plans = documentMemory<Plan>();

  const planOf = ({ source, document, operationName }: Operation): Plan | undefined => {
    const key = `${operationName ?? ''}\n${source}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const plan = { operation, compiled: compile(schema, source, document, operation) };
    plans.set(key, plan);
    return plan;
  };

  const interpret = async ({
    document,
    operationName,
    variables,
    context,
  }: Operation): Promise<ExecutionResult> => {
    options.onExecute?.('interpreted');
    return execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName,
    });
  };

  return async (request) => {
    const plan = planOf(request);
    if (!plan?.compiled) return interpret(request);
    const variables = request.variables ?? {};
    // Wrong variables are worded by graphql-js, which finds them again before it starts.
    if (getVariableValues(schema, plan.operation.variableDefinitions ?? [], variables).errors)
      return interpret(request);
    options.onExecute?.('compiled');
    return plan.compiled(undefined, request.context, variables);
  };
}

function compile(
  schema: GraphQLSchema,
  source: string,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Plan['compiled'] {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION || !isCompilable(document)) return null;
  // The compiler writes notes into the document, which others share.
  const compiled = compileQuery(schema, parse(source), operation.name?.value);
  return isCompiledQuery(compiled) ? compiled.query : null;
}

/**
 * Conditions (`@include`, `@skip`) are compiled on fields without a selection only: where something is selected twice and
 * once under a condition, the compiler mixes the two up.
 */
function isCompilable(document: DocumentNode): boolean {
  let compilable = true;
  visit(document, {
    enter: (node) => {
      const selects =
        node.kind === Kind.FRAGMENT_SPREAD ||
        node.kind === Kind.INLINE_FRAGMENT ||
        (node.kind === Kind.FIELD && node.selectionSet !== undefined);
      if (!selects || !node.directives?.length) return undefined;
      compilable = false;
      return BREAK;
    },
  });
  return compilable;
}

type Gateway = ApolloServerOptionsWithGateway<object>['gateway'];

/** Apollo lets a gateway execute in its stead: this one has the schema at hand and goes nowhere. */
function gatewayTo(schema: GraphQLSchema): Gateway {
  const run = compiledExecution(schema);
  return {
    onSchemaLoadOrUpdate: (use) => {
      use({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ source, document, operationName, request, context }) =>
          run({ source, document, operationName, variables: request.variables, context }),
      }),
    stop: () => Promise.resolve(),
  };
}

/**
 * Nest gives each field a function that reads the property of its name, which is what happens without one too; the compiler
 * then reads the property in place instead of calling out for every field of every row.
 */
function withoutPlainResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      if (field.resolve?.name === 'rootFieldResolver' && readsOnly(field.name, field.resolve))
        delete field.resolve;
  }
  return schema;
}

/** Whether a function of Nest's reads this property and hands it out: a field may be called otherwise than its property. */
function readsOnly(name: string, resolve: (...args: never[]) => unknown): boolean {
  const value = Symbol(name);
  const read: PropertyKey[] = [];
  const parent = new Proxy({}, { get: (_, property) => (read.push(property), value) });
  const answer = (resolve as (source: unknown) => unknown)(parent);
  return answer === value && read.length === 1 && read[0] === name;
}

/** Nest's driver for Apollo, with compiled execution. */
@Injectable()
export class CompilingApolloDriver extends ApolloDriver {
  override async start(options: ApolloDriverConfig): Promise<void> {
    if (!options.schema) throw new Error('the GraphQL schema was not built before the server starts');
    // It would wrap every field of the schema in a function of its own, for cache hints that nobody gives.
    options.plugins = [...(options.plugins ?? []), ApolloServerPluginCacheControlDisabled()];
    await super.start(Object.assign(options, { gateway: gatewayTo(withoutPlainResolvers(options.schema)) }));
  }
}
