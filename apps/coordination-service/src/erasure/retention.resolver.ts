import { Args, ArgsType, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { mayForOrganisation } from '@spil/access';
import { ErasureGate } from '@spil/commands';
import { dayInNetherlands, type Day } from '@spil/domain';
import { cursorOf, organisationById, placeOfHeld } from '@spil/read-model';
import { IsOptional } from 'class-validator';
import { forbidden } from '../api/errors.js';
import { filledPage } from '../api/filled-page.js';
import { limits } from '../api/limits.js';
import { AfterField, FirstField, placeAfter } from '../api/page-fields.js';
import { DayScalar, InstantScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, inOwnPurpose, type Asking } from '../auth/current-asker.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { dueCases, type DueHeldCase } from './due-cases.js';

@ObjectType({ description: 'A case in which your organisation holds data that it need not keep any more.' })
export class DueCase {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => UuidScalar)
  readonly clientId!: string;

  @Field(() => InstantScalar, { description: 'When the work on it ended.' })
  readonly endedAt!: Date;

  @Field(() => DayScalar, { description: 'From when on the data need not be kept.' })
  readonly due!: Day;

  @Field(() => String, { description: 'Opaque; its place in the list, for `after`.' })
  readonly cursor!: string;
}

@ObjectType({ description: 'For how long data of a closed case are kept, and what is due.' })
export class RetentionDue {
  @Field(() => Int, { description: 'The term of your organisation, in whole years.' })
  readonly years!: number;

  @Field(() => Boolean, { description: 'Law or professional rules forbid to erase earlier.' })
  readonly duty!: boolean;

  @Field(() => [DueCase], { description: 'What has been due for longest first.' })
  readonly cases!: readonly DueCase[];
}

@ArgsType()
class RetentionDueArgs {
  @Field(() => DayScalar, { nullable: true, description: 'What is due by this day; today when left out.' })
  @IsOptional()
  readonly by?: string | null;

  @FirstField()
  readonly first?: number | null;

  @AfterField('The cursor of the last case already seen.')
  readonly after?: string | null;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

/** What need not be kept any more, for the privacy officers of the organisation that holds it. */
@Resolver()
export class RetentionResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
    private readonly gate: ErasureGate,
  ) {}

  @Query(() => RetentionDue, {
    description:
      'Closed cases of which your organisation need not keep the data any more. Nothing is erased until a privacy officer says so, case by case.',
  })
  async retentionDue(
    @Args() { by, first, after, atLeast }: RetentionDueArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<RetentionDue> {
    const { principal } = asking;
    if (!mayForOrganisation(principal, 'FORGET_CLIENTS')) throw forbidden('retention');
    const from = placeAfter(after);
    await this.freshness.wait(atLeast, asking, ['reference', 'retention']);
    const database = await this.readModels.database();
    const term = (await organisationById(database, principal.organisationId))?.retention;
    if (term === undefined) throw forbidden('retention');
    const day = by ?? dayInNetherlands(new Date().toISOString());
    const asker = { ...inOwnPurpose(principal), at: new Date().toISOString() };
    const pageSize = first ?? limits.pageSize;
    const cases = await filledPage<DueHeldCase>(
      pageSize,
      (last) => {
        const seen = last ? placeOfHeld(last) : from;
        return dueCases(database, principal.organisationId, term, {
          by: day,
          first: pageSize,
          ...(seen && { after: seen }),
        });
      },
      async (rows) => {
        const caseIds = rows.map(({ caseId }) => caseId);
        const open = await this.gate.openTo(asker, caseIds);
        return rows.filter(({ caseId }) => open.has(caseId));
      },
    );
    return { ...term, cases: cases.map((one) => ({ ...one, cursor: cursorOf(placeOfHeld(one)) })) };
  }
}
