import {
  getNullableType,
  getOperationAST,
  getVariableValues,
  isListType,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { exceeded, limits } from './limits.js';

/** Rows that a list counts for which is as long as a case makes it. */
const rowsOfUnpagedList = 5;

/** A field costs one, and what stands below it once for every row: as many as are asked for, or as a full page has. */
const byRows: ComplexityEstimator = ({ field, args, childComplexity }) => {
  const paged = field.args.some(({ name }) => name === 'first');
  const asked: unknown = args.first;
  const list = isListType(getNullableType(field.type));
  const rows = paged
    ? typeof asked === 'number' && asked > 0
      ? asked
      : limits.pageSize
    : list
      ? rowsOfUnpagedList
      : 1;
  return 1 + rows * childComplexity;
};

/**
 * Why a validated operation costs too much; undefined when it does not. What the variables say counts, so this is looked at for
 * every request, not once per document.
 */
export function costProblem(
  schema: GraphQLSchema,
  document: DocumentNode,
  request: {
    readonly operationName?: string | null | undefined;
    readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  },
): GraphQLError | undefined {
  const operation = getOperationAST(document, request.operationName);
  const variables = { ...request.variables };
  // Wrong variables have no cost; whoever executes the operation says what is wrong with them.
  if (!operation || getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors)
    return undefined;
  const cost = getComplexity({
    schema,
    query: document,
    estimators: [byRows],
    variables,
    ...(request.operationName != null && { operationName: request.operationName }),
  });
  return cost > limits.cost ? exceeded('fields (counted once per row)', cost, limits.cost) : undefined;
}
