import { Args, Query, Resolver } from '@nestjs/graphql';
import { listScope, mayWithStandings, type CaseAction, type ListScope } from '@spil/access';
import type { StandingWord } from '@spil/domain';
import { EventStoreUnavailable } from '@spil/event-store';
import {
  asReader,
  casesPage,
  InvalidCursor,
  type CaseFilter,
  type CasePage,
  type CaseView,
} from '@spil/read-model';
import { badUserInput, forbidden } from '../api/errors.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { Staff } from '../auth/staff.js';
import { AccessFreshness } from '../freshness/access-freshness.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { clientOf } from '../personal/personal-data.js';
import { sightOf, type CaseSight } from './case-sight.js';
import { caseType } from './case.type.js';
import { CasesArgs, type CaseFilterInput } from './worklist.input.js';
import { CaseConnection } from './worklist.type.js';

@Resolver()
export class CasesResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
    private readonly accessFreshness: AccessFreshness,
    private readonly staff: Staff,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => CaseConnection, {
    description:
      'The worklist: cases that you may see. First who needs a coordinator and has none (rule 6), then what waits longest. While it cannot be told within 2 seconds whether your access to one has ended, personal fields are DENIED.',
  })
  async cases(
    @Args() { filter, first, after, atLeast }: CasesArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<CaseConnection> {
    const scope = listScope(asking.principal, asking.purpose);
    if (scope === undefined) throw forbidden('cases');
    // Waiting comes first: access may end meanwhile.
    await this.freshness.wait(atLeast, asking, ['access', 'case']);
    const trust = await this.trust(asking);
    if (trust === 'LEFT') return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
    const page = await this.page(scope, {
      filter: filterOf(filter ?? {}),
      first: first ?? 25,
      ...(after != null && { after }),
    });
    const edges = page.edges.map(({ cursor, node, standings }) => {
      // A parked case may have lost this reader in a step that the access table could not take in.
      const certain = trust === 'CERTAIN' && !node.stale;
      return { cursor, node: caseType(node, listedSight(asking, node, standings, certain)) };
    });
    return {
      edges,
      pageInfo: { hasNextPage: page.hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }

  /** Whether the asker still works there and the access table is fresh; without an event store that cannot be told. */
  private async trust({ principal }: Asking): Promise<'CERTAIN' | 'UNCERTAIN' | 'LEFT'> {
    try {
      const [inPlace, fresh] = await Promise.all([
        this.staff.isInPlace(principal),
        this.accessFreshness.isFresh(),
      ]);
      if (!inPlace) return 'LEFT';
      return fresh ? 'CERTAIN' : 'UNCERTAIN';
    } catch (cause) {
      if (cause instanceof EventStoreUnavailable) return 'UNCERTAIN';
      throw cause;
    }
  }

  private async page(
    scope: ListScope,
    wanted: Omit<Parameters<typeof casesPage>[1], 'reader'>,
  ): Promise<CasePage> {
    const reader = { kind: 'LIST', ...scope } as const;
    try {
      return await asReader(await this.readModels.database(), reader, (session) =>
        casesPage(session, { ...wanted, reader }),
      );
    } catch (cause) {
      if (!(cause instanceof InvalidCursor)) throw cause;
      throw badUserInput([{ field: 'after', message: 'is not a cursor that a page of cases gave' }]);
    }
  }
}

const personal: readonly CaseAction[] = ['SEE_PERSONAL_DATA', 'SEE_DOSSIER'];

/**
 * What may be seen of a listed case, by the asker's standings in it as the access table has them; nothing personal where it cannot be
 * told in time whether they have ended.
 */
function listedSight(
  asking: Asking,
  node: CaseView,
  standings: readonly StandingWord[],
  certain: boolean,
): CaseSight {
  const { role } = asking.principal;
  const may = (action: CaseAction): boolean =>
    (certain || !personal.includes(action)) &&
    mayWithStandings({ role, purpose: asking.purpose, action }, standings, node.status);
  const { caseId, document } = node;
  const source = clientOf('cases', { caseId, clientId: document.clientId });
  return sightOf(asking, may, { ...source, isListed: true });
}

/** Null means the same as left out. */
const filterOf = (input: CaseFilterInput): CaseFilter =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
