import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { costProblem } from '../api/cost.js';
import { documentOf, type DocumentRequest, type TrustedDocuments } from '../api/documents.js';
import { ApiError } from '../api/errors.js';
import { parseWithinLimits } from '../api/limits.js';
import type { RequestContext } from '../api/request-context.js';

/** What a client asks over a socket. */
export interface SubscribePayload extends DocumentRequest {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Checks an operation that came over a socket; only subscriptions within the limits pass, and with a list only those on it. */
export function subscriptionArgs(
  schema: GraphQLSchema,
  trusted: TrustedDocuments | undefined,
  payload: SubscribePayload,
  contextValue: RequestContext,
): ExecutionArgs | readonly GraphQLError[] {
  const { operationName, variables } = payload;
  let document: DocumentNode;
  try {
    document = parseWithinLimits(documentOf(payload, trusted));
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
    return [
      new ApiError(
        'BAD_USER_INPUT',
        'Sockets are for subscriptions; send queries and mutations by HTTP POST.',
      ),
    ];
  const faults = validate(schema, document);
  if (faults.length > 0) return faults;
  const tooDear = costProblem(schema, document, payload);
  if (tooDear !== undefined) return [tooDear];
  return {
    schema,
    document,
    contextValue,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variableValues: variables }),
  };
}
