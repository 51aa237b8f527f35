import { Args, ArgsType, Context, Field, Resolver, Subscription } from '@nestjs/graphql';
import { mayOnCase, type Principal } from '@spil/access';
import { accessOf } from '@spil/commands';
import { caseTimeline, type TimelineEntry } from '@spil/read-model';
import { IsDefined, IsOptional } from 'class-validator';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { RevisionScalar, UuidScalar } from '../api/scalars.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { clientOf, personalFor } from '../personal/personal-data.js';
import { Advances } from './advances.js';
import { CaseGate } from './case-gate.js';
import { timelineEntry, TimelineEntryType } from './timeline.type.js';

@ArgsType()
class CaseTimelineArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly caseId!: string;

  @Field(() => RevisionScalar, {
    nullable: true,
    description: 'The last revision already seen; from the beginning when left out.',
  })
  @IsOptional()
  readonly after?: bigint | null;
}

/** Entries fetched at once. */
const batchSize = 50;

@Resolver()
export class CaseTimelineSubscription {
  constructor(
    private readonly gate: CaseGate,
    private readonly readModels: ReadModels,
    private readonly refusals: RefusalLog,
  ) {}

  @Subscription(() => TimelineEntryType, {
    description:
      'Every event of a case as it becomes visible. Ends when there is no such case that you may see, or no longer.',
    resolve: (entry: TimelineEntryType) => entry,
  })
  caseTimeline(
    @Args() { caseId, after }: CaseTimelineArgs,
    @CurrentPrincipal() principal: Principal,
    @Context() context: RequestContext,
  ): AsyncIterable<TimelineEntryType> {
    const advances = new Advances(this.readModels.watch);
    return advances.closingWith(
      this.follow({ caseId, after: after ?? undefined, principal, context, advances }),
    );
  }

  private async *follow(asked: {
    caseId: string;
    after: bigint | undefined;
    principal: Principal;
    context: RequestContext;
    advances: Advances;
  }): AsyncGenerator<TimelineEntryType> {
    const { caseId, principal, context, advances } = asked;
    if ((await this.gate.look(principal, 'SEE_CASE', caseId)) === undefined) {
      this.refusals.note(context, { kind: 'READ', operation: 'caseTimeline', code: 'NOT_FOUND', caseId });
      return;
    }
    let last = asked.after;
    while (!advances.closed) {
      advances.expectNext();
      const entries = await this.entriesAfter(caseId, last);
      for (const entry of entries) {
        const shown = await this.shown(entry, principal, context);
        if (shown === undefined) return;
        yield shown;
        last = entry.revision;
      }
      if (entries.length < batchSize) await advances.next(expiryOf(context));
    }
  }

  /** Access is decided for every entry anew; undefined when it has ended. @throws ApiError when the token has expired */
  private async shown(
    entry: TimelineEntry,
    principal: Principal,
    context: RequestContext,
  ): Promise<TimelineEntryType | undefined> {
    if (expiryOf(context) <= Date.now()) throw unauthenticated('EXPIRED');
    const seen = await this.gate.look(principal, 'SEE_CASE', entry.caseId);
    const access = seen && accessOf(seen.state);
    if (seen === undefined || access === undefined) return undefined;
    // What one message opened must not be kept for the next: the data may be erased in between.
    context.perRequest.clear();
    const allowed = mayOnCase(principal, 'SEE_PERSONAL_DATA', access);
    const source = clientOf('caseTimeline', { ...seen.state, organisationId: access.organisationId });
    return timelineEntry(entry, personalFor(allowed, source));
  }

  private async entriesAfter(caseId: string, after: bigint | undefined): Promise<TimelineEntry[]> {
    return caseTimeline(await this.readModels.database(), caseId, {
      first: batchSize,
      ...(after !== undefined && { after }),
    });
  }
}

const expiryOf = ({ authentication }: RequestContext): number =>
  'fault' in authentication ? 0 : authentication.expiresAt;
