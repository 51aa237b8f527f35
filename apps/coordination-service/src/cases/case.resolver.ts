import { Args, ArgsType, Context, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { asReader, caseById, caseTimeline } from '@spil/read-model';
import { IsDefined } from 'class-validator';
import { ApiError } from '../api/errors.js';
import { limits } from '../api/limits.js';
import type { RequestContext } from '../api/request-context.js';
import { RevisionPageArgs } from '../api/page-fields.js';
import { UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { DeniedReads } from '../personal/denied-reads.js';
import { CaseGate } from './case-gate.js';
import { CaseType, caseType } from './case.type.js';
import { timelineEntry, TimelineEntryType } from './timeline.type.js';

@ArgsType()
class CaseArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly id!: string;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

@Resolver(() => CaseType)
export class CaseResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
    private readonly denied: DeniedReads,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => CaseType, {
    nullable: true,
    description:
      'One case; null when there is none that you may see. Its personal data are for those who work on it: for a privacy officer they are DENIED under every purpose, `subjectAccess` collects for a client what the own organisation recorded, and `emergencyAccessToReview` shows the reason to who reviews.',
  })
  async case(@Args() { id, atLeast }: CaseArgs, @CurrentAsker() asking: Asking): Promise<CaseType | null> {
    // Waiting comes first: access may end meanwhile.
    await this.freshness.wait(atLeast, asking, ['case', 'timeline']);
    const seen = await this.gate.look(asking, 'SEE_CASE', id);
    if (seen === undefined) return null;
    const view = await asReader(await this.readModels.database(), { kind: 'CASE', caseId: id }, (session) =>
      caseById(session, id),
    );
    if (view === undefined)
      throw new ApiError(
        'NOT_YET_VISIBLE',
        'The case is registered but cannot be shown yet. Ask again shortly.',
        {
          behind: ['case'],
        },
      );
    return caseType(view, seen.sightFor('case'));
  }

  @ResolveField(() => [TimelineEntryType], {
    nullable: true,
    description: 'What happened, in the order in which it was recorded; null when that is not for you.',
  })
  async timeline(
    @Parent() parent: CaseType,
    @Args() { first, after }: RevisionPageArgs,
    @Context() context: RequestContext,
  ): Promise<TimelineEntryType[] | null> {
    if (!parent.sight.history) {
      await this.denied.note(context, parent.sight.source);
      return null;
    }
    const caseId = parent.id;
    const entries = await asReader(await this.readModels.database(), { kind: 'CASE', caseId }, (session) =>
      caseTimeline(session, caseId, { first: first ?? limits.pageSize, ...(after != null && { after }) }),
    );
    return entries.map((entry) => timelineEntry(entry, parent.sight.personal));
  }
}
