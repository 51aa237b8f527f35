import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Principal, Purpose } from '@spil/access';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { purposeRefused } from './purpose.js';

const contextOf = (execution: ExecutionContext) =>
  GqlExecutionContext.create(execution).getContext<RequestContext>();

/** The principal of a request context. @throws ApiError when there is none */
export function principalOf({ authentication }: RequestContext): Principal {
  if ('fault' in authentication) throw unauthenticated(authentication.fault);
  return authentication.principal;
}

/** Who asks: a parameter of a resolver, of type `Principal`. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, execution: ExecutionContext) =>
  principalOf(contextOf(execution)),
);

/** The purpose of a request context. @throws ApiError when it is not the asker's to state */
export function statedPurpose({ purpose }: RequestContext): Purpose {
  if (purpose === undefined) throw purposeRefused();
  return purpose;
}

/** The trace id of this request, which its events carry as correlation id: a parameter of a resolver, of type `string`. */
export const CorrelationId = createParamDecorator(
  (_data: unknown, execution: ExecutionContext) => contextOf(execution).traceId,
);
