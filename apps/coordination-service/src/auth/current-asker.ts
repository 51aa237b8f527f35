import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { purposeFor, type Asker, type Principal } from '@spil/access';
import type { RequestContext } from '../api/request-context.js';
import { principalOf, statedPurpose } from './current-principal.js';

/** Who asks, and what for. */
export type Asking = Omit<Asker, 'at'>;

/** Who asks in a request, and what for. @throws ApiError when there is nobody, or the purpose is not theirs */
export const askingIn = (context: RequestContext): Asking => ({
  principal: principalOf(context),
  purpose: statedPurpose(context),
});

/** Who asks, and what for: a parameter of a resolver, of type `Asking`. */
export const CurrentAsker = createParamDecorator((_data: unknown, execution: ExecutionContext) =>
  askingIn(GqlExecutionContext.create(execution).getContext<RequestContext>()),
);

/** Someone who asks for what their role is for. */
export const inOwnPurpose = (principal: Principal): Asking => ({
  principal,
  purpose: purposeFor(principal.role),
});
