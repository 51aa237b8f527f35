import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { RefusalKind } from '@spil/audit';
import { getNamedType, OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from './request-context.js';

/** A query, mutation or subscription as it was asked, told apart from the fields of its answer. */
export interface TopLevel {
  /** As the refusal log calls it: a mutation is a command, all else reads. */
  readonly kind: RefusalKind;
  /** Its name in the schema, for example `closeCase`. */
  readonly operation: string;
  /** The name of the type of its answer, without lists and non-null. */
  readonly answer: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/** The fields of the input of a command, or the arguments of what has no input. */
export const fieldsOf = ({ args }: TopLevel): Readonly<Record<string, unknown>> =>
  isFields(args.input) ? args.input : args;

/** Whether a value, such as an answer, has fields to look at. */
export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * What is asked at the top of a request; undefined for fields of an answer and for what is not GraphQL. Guards run at the top only,
 * interceptors for every field that has a resolver.
 */
export function topLevelOf(execution: ExecutionContext): TopLevel | undefined {
  if (execution.getType<GqlContextType>() !== 'graphql') return undefined;
  const graphql = GqlExecutionContext.create(execution);
  const { operation, path, fieldName, returnType } = graphql.getInfo<GraphQLResolveInfo>();
  if (path.prev !== undefined) return undefined;
  return {
    kind: operation.operation === OperationTypeNode.MUTATION ? 'COMMAND' : 'READ',
    operation: fieldName,
    answer: getNamedType(returnType).name,
    args: graphql.getArgs<Readonly<Record<string, unknown>>>(),
    context: graphql.getContext<RequestContext>(),
  };
}
