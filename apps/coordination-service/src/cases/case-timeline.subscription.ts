import { Args, ArgsType, Context, Field, Resolver, Subscription } from '@nestjs/graphql';
import { asReader, caseTimeline, type TimelineEntry } from '@spil/read-model';
import { IsDefined, IsOptional } from 'class-validator';
import { unauthenticated } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { RevisionScalar, UuidScalar } from '../api/scalars.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { Advances } from './advances.js';
import { CaseGate } from './case-gate.js';
import type { CaseSight } from './case-sight.js';
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

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Subscription(() => TimelineEntryType, {
    description:
      'Every event of a case as it becomes visible. Ends when there is no such case that you may see, or no longer.',
    resolve: (entry: TimelineEntryType) => entry,
  })
  caseTimeline(
    @Args() { caseId, after }: CaseTimelineArgs,
    @CurrentAsker() asking: Asking,
    @Context() context: RequestContext,
  ): AsyncIterable<TimelineEntryType> {
    const advances = new Advances(this.readModels.watch);
    return advances.closingWith(
      this.follow({ caseId, after: after ?? undefined, asking, context, advances }),
    );
  }

  private async *follow(asked: {
    caseId: string;
    after: bigint | undefined;
    asking: Asking;
    context: RequestContext;
    advances: Advances;
  }): AsyncGenerator<TimelineEntryType> {
    const { caseId, asking, context, advances } = asked;
    if ((await this.sight(asking, caseId)) === undefined) {
      await this.refusals.note(context, {
        kind: 'READ',
        operation: 'caseTimeline',
        code: 'NOT_FOUND',
        caseId,
      });
      return;
    }
    let last = asked.after;
    while (!advances.closed) {
      advances.expectNext();
      const entries = await this.entriesAfter(caseId, last);
      for (const entry of entries) {
        const shown = await this.shown(entry, asking, context);
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
    asking: Asking,
    context: RequestContext,
  ): Promise<TimelineEntryType | undefined> {
    if (expiryOf(context) <= Date.now()) throw unauthenticated('EXPIRED');
    const sight = await this.sight(asking, entry.caseId);
    if (sight === undefined) return undefined;
    // What one message opened must not be kept for the next: the data may be erased in between.
    context.perRequest.clear();
    return timelineEntry(entry, sight.personal);
  }

  /** Who follows a case sees that it exists, and what happens in it. */
  private async sight(asking: Asking, caseId: string): Promise<CaseSight | undefined> {
    const seen = await this.gate.look(asking, 'SEE_CASE', caseId);
    const sight = seen?.sightFor('caseTimeline');
    return sight?.history === true ? sight : undefined;
  }

  private async entriesAfter(caseId: string, after: bigint | undefined): Promise<TimelineEntry[]> {
    return asReader(await this.readModels.database(), { kind: 'CASE', caseId }, (session) =>
      caseTimeline(session, caseId, { first: batchSize, ...(after !== undefined && { after }) }),
    );
  }
}

const expiryOf = ({ authentication }: RequestContext): number =>
  'fault' in authentication ? 0 : authentication.expiresAt;
