import { Args, Query, Resolver } from '@nestjs/graphql';
import { caseVisibility, mayOnCase, type Principal } from '@spil/access';
import { casesPage, InvalidCursor, type CaseFilter, type CasePage } from '@spil/read-model';
import { badUserInput, forbidden } from '../api/errors.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { clientOf, personalFor } from '../personal/personal-data.js';
import { caseType } from './case.type.js';
import { CasesArgs, type CaseFilterInput } from './worklist.input.js';
import { CaseConnection } from './worklist.type.js';

@Resolver()
export class CasesResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
  ) {}

  @Query(() => CaseConnection, {
    description:
      'The worklist: cases of your organisation at your location and those in which it takes part. First who needs a coordinator and has none (rule 6), then what waits longest.',
  })
  async cases(
    @Args() { filter, first, after, atLeast }: CasesArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CaseConnection> {
    const visibility = caseVisibility(principal);
    if (visibility === undefined) throw forbidden('cases');
    await this.freshness.wait(atLeast, principal, ['case']);
    const page = await this.page({
      filter: filterOf(filter ?? {}),
      visibility,
      first: first ?? 25,
      ...(after != null && { after }),
    });
    const edges = page.edges.map(({ cursor, node }) => {
      // The row is in the list because the organisation registered it here, or takes part in it.
      const { organisationId, locationId } = node;
      const access = { organisationId, locationId, participants: [visibility.organisationId] };
      const allowed = mayOnCase(principal, 'SEE_PERSONAL_DATA', access);
      const source = clientOf('cases', { ...node, clientId: node.document.clientId });
      return { cursor, node: caseType(node, personalFor(allowed, source)) };
    });
    return {
      edges,
      pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }

  private async page(wanted: Parameters<typeof casesPage>[1]): Promise<CasePage> {
    try {
      return await casesPage(await this.readModels.database(), wanted);
    } catch (cause) {
      if (!(cause instanceof InvalidCursor)) throw cause;
      throw badUserInput([{ field: 'after', message: 'is not a cursor that a page of cases gave' }]);
    }
  }
}

/** Null means the same as left out. */
const filterOf = (input: CaseFilterInput): CaseFilter =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
