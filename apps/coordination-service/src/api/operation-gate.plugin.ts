import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { costProblem } from './cost.js';
import type { RequestContext } from './request-context.js';

/** Refuses over HTTP, before anything is executed, an operation that the document does not have or that costs too much. */
export const operationGatePlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, request, operation }) => {
        if (operation === undefined)
          throw new GraphQLError('The document has no operation of this name, or several and no name.', {
            extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
          });
        const problem = costProblem(schema, document, request);
        if (problem !== undefined) throw problem;
        return Promise.resolve();
      },
    }),
};
