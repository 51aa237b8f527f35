import type { ApolloServerPlugin } from '@apollo/server';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';

/**
 * Ends a request whose token cannot be verified now before it is executed: only then is the answer's status its own (503), which a
 * proxy understands. What executes is answered under 200.
 */
export const issuerAwayPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ contextValue: { authentication } }) => {
        if ('fault' in authentication && authentication.fault === 'ISSUER_UNAVAILABLE')
          throw unauthenticated(authentication.fault);
        return Promise.resolve();
      },
    }),
};
