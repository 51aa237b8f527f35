import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { casesShownOf, disclosuresIn } from '@spil/audit';
import { IsOptional } from 'class-validator';
import type { Pool } from 'pg';
import { badUserInput } from '../api/errors.js';
import { UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { CaseGate } from '../cases/case-gate.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { AccessLogConnection, accessLogEntry } from './access-log.types.js';
import { asked, connectionOf, LogPageArgs, pageRequest } from './log-page.js';

@ArgsType()
class AccessLogArgs extends LogPageArgs {
  @Field(() => UuidScalar, { nullable: true, description: 'Of one case.' })
  @IsOptional()
  readonly caseId?: string | null;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'Of one client, in every case whose log you may see.',
  })
  @IsOptional()
  readonly clientId?: string | null;
}

@Resolver()
export class AccessLogResolver {
  constructor(
    private readonly gate: CaseGate,
    @Inject(AUDIT_POOL) private readonly pool: Pool,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => AccessLogConnection, {
    nullable: true,
    description:
      'Who saw my file: every time that personal data of a client were shown, newest first. Give `caseId` or `clientId`. Null when there is no case whose log you may see.',
  })
  async accessLog(
    @Args() args: AccessLogArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<AccessLogConnection | null> {
    const { caseId, clientId } = args;
    if ((caseId == null) === (clientId == null))
      throw badUserInput([{ field: 'caseId', message: 'give either `caseId` or `clientId`' }]);
    const candidates = caseId == null ? await asked(casesShownOf(this.pool, clientId ?? '')) : [caseId];
    const seen = await Promise.all(candidates.map((one) => this.gate.look(asking, 'SEE_ACCESS_LOG', one)));
    const caseIds = candidates.filter((_, at) => seen[at] !== undefined);
    if (caseIds.length === 0) return null;
    const wanted = { caseIds, ...(clientId != null && { clientId }) };
    const page = await asked(disclosuresIn(this.pool, wanted, pageRequest(args)));
    return connectionOf({
      ...page,
      edges: page.edges.map(({ cursor, node }) => ({ cursor, node: accessLogEntry(node) })),
    });
  }
}
