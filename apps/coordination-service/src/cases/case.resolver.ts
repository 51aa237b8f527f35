import { Args, ArgsType, Field, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayOnCase, type Principal } from '@spil/access';
import { accessOf } from '@spil/commands';
import { caseById, caseTimeline } from '@spil/read-model';
import { Type } from 'class-transformer';
import { IsInt, IsDefined, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { ApiError } from '../api/errors.js';
import { limits } from '../api/limits.js';
import { RevisionScalar, UuidScalar } from '../api/scalars.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { clientOf, personalFor } from '../personal/personal-data.js';
import { CaseGate } from './case-gate.js';
import { CaseType, caseType } from './case.type.js';
import { timelineEntry, TimelineEntryType } from './timeline.type.js';

@ArgsType()
class CaseArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly id!: string;

  @Field(() => AtLeastInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AtLeastInput)
  readonly atLeast?: AtLeastInput | null;
}

@ArgsType()
class TimelineArgs {
  @Field(() => Int, {
    nullable: true,
    description: `1 to ${limits.pageSize}; ${limits.pageSize} when left out.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(limits.pageSize)
  readonly first?: number | null;

  @Field(() => RevisionScalar, { nullable: true, description: 'The last revision already seen.' })
  @IsOptional()
  readonly after?: bigint | null;
}

@Resolver(() => CaseType)
export class CaseResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
  ) {}

  @Query(() => CaseType, {
    nullable: true,
    description: 'One case; null when there is none that you may see.',
  })
  async case(
    @Args() { id, atLeast }: CaseArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CaseType | null> {
    const seen = await this.gate.look(principal, 'SEE_CASE', id);
    if (seen === undefined) return null;
    await this.freshness.wait(atLeast, principal, ['case', 'timeline']);
    const view = await caseById(await this.readModels.database(), id);
    if (view === undefined)
      throw new ApiError(
        'NOT_YET_VISIBLE',
        'The case is registered but cannot be shown yet. Ask again shortly.',
        {
          behind: ['case'],
        },
      );
    const access = accessOf(seen.state);
    const allowed = access !== undefined && mayOnCase(principal, 'SEE_PERSONAL_DATA', access);
    const source = clientOf('case', { ...view, clientId: view.document.clientId });
    return caseType(view, personalFor(allowed, source));
  }

  @ResolveField(() => [TimelineEntryType], {
    description: 'What happened, in the order in which it was recorded.',
  })
  async timeline(
    @Parent() parent: CaseType,
    @Args() { first, after }: TimelineArgs,
  ): Promise<TimelineEntryType[]> {
    const entries = await caseTimeline(await this.readModels.database(), parent.id, {
      first: first ?? limits.pageSize,
      ...(after != null && { after }),
    });
    return entries.map((entry) => timelineEntry(entry, parent.personal));
  }
}
