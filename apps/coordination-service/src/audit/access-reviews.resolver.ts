import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { isOfOrganisation, may, purposeFor, type Principal } from '@spil/access';
import {
  askerOf,
  daysToReview,
  recordReview,
  ReviewCommandReused,
  reviewFindings,
  reviewMonths,
  type AccessReview,
  type ReviewFinding,
  type ReviewMonth,
} from '@spil/audit';
import { dayInNetherlands } from '@spil/domain';
import { IsDefined, IsOptional, Matches } from 'class-validator';
import type { Pool } from 'pg';
import { enumOf } from '../api/enums.js';
import { ApiError, badUserInput, forbidden } from '../api/errors.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { asked } from './log-page.js';

export const ReviewFindingEnum = enumOf(
  reviewFindings,
  'ReviewFinding',
  'What a review of a month came to. BREACH_REPORTED: to the Autoriteit Persoonsgegevens (AVG art. 33).',
);

@ObjectType('AccessReview', {
  description: "One organisation's review of who saw what in a month (BIO 8.15).",
})
export class AccessReviewType implements AccessReview {
  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => String, { description: 'For example `2026-10`, in Dutch time.' })
  readonly month!: string;

  @Field(() => ReviewFindingEnum)
  readonly finding!: ReviewFinding;

  @Field(() => String, { nullable: true, description: 'Where the organisation keeps more about it.' })
  readonly reference!: string | null;

  @Field(() => ReferenceIdScalar)
  readonly reviewedBy!: string;

  @Field(() => InstantScalar)
  readonly reviewedAt!: Date;
}

@ObjectType('AccessReviewMonth', {
  description:
    'A month that is over and in which people of an organisation saw personal data, or others saw those for which it is responsible.',
})
export class AccessReviewMonth implements ReviewMonth {
  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => String, { description: 'For example `2026-10`, in Dutch time.' })
  readonly month!: string;

  @Field(() => InstantScalar, {
    description: `Until when it is to be reviewed: ${daysToReview} days after its end.`,
  })
  readonly dueBy!: Date;

  @Field(() => Boolean, { description: 'Not reviewed, and that moment has passed.' })
  readonly overdue!: boolean;

  @Field(() => AccessReviewType, { nullable: true, description: 'The last one; null when there is none.' })
  readonly review!: AccessReviewType | null;
}

@ArgsType()
class AccessReviewsArgs {
  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Of one organisation. A privacy officer sees the own one only.',
  })
  @IsOptional()
  readonly organisationId?: string | null;
}

@InputType({ description: 'Input of `reviewAccessLog`.' })
export class ReviewAccessLogInput {
  @Field(() => UuidScalar, { description: 'A repeat with the same id changes nothing.' })
  @IsDefined()
  readonly commandId!: string;

  @Field(() => ReferenceIdScalar, { description: 'Your own organisation.' })
  @IsDefined()
  readonly organisationId!: string;

  @Field(() => String, { description: 'For example `2026-10`; one that is over.' })
  @Matches(/^20\d{2}-(?:0[1-9]|1[0-2])$/, { message: 'must be a month such as 2026-10' })
  readonly month!: string;

  @Field(() => ReviewFindingEnum)
  @IsDefined()
  readonly finding!: ReviewFinding;

  @Field(() => String, {
    nullable: true,
    description:
      'Where you keep more about it, for example the number of a file: letters, digits, dots, hyphens and slashes.',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9./-]{1,60}$/, {
    message: 'must be a reference of at most 60 letters, digits, dots, hyphens and slashes',
  })
  readonly reference?: string | null;
}

@Resolver()
export class AccessReviewsResolver {
  constructor(@Inject(AUDIT_POOL) private readonly pool: Pool) {}

  @Query(() => [AccessReviewMonth], {
    description:
      'Which months of the access log are to be reviewed or were, newest first; for privacy officers and auditors.',
  })
  async accessReviews(
    @Args() { organisationId }: AccessReviewsArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AccessReviewMonth[]> {
    if (!may(principal, 'SEE_ACCESS_REVIEWS')) throw forbidden('reviews of access');
    const own = isOfOrganisation(principal) ? principal.organisationId : undefined;
    if (own !== undefined && organisationId != null && organisationId !== own)
      throw forbidden('reviews of other organisations');
    return asked(reviewMonths(this.pool, own ?? organisationId ?? undefined));
  }

  @Mutation(() => AccessReviewType, {
    description:
      'Records that your organisation went through who saw what in a month, and what that came to.',
  })
  async reviewAccessLog(
    @Args('input') { commandId, organisationId, month, finding, reference }: ReviewAccessLogInput,
    @CurrentAsker() { principal, purpose }: Asking,
  ): Promise<AccessReviewType> {
    if (!isOfOrganisation(principal) || !may(principal, 'REVIEW_ACCESS_LOG'))
      throw forbidden('reviews of access');
    if (purpose !== purposeFor(principal.role))
      throw new ApiError(
        'PURPOSE_REFUSED',
        'No review is done for the purpose that you state. Leave it out.',
      );
    if (organisationId !== principal.organisationId) throw forbidden('reviews of other organisations');
    if (month >= dayInNetherlands(new Date().toISOString()).slice(0, 7))
      throw badUserInput([{ field: 'month', message: 'must be a month that is over' }]);
    const review = {
      organisationId,
      month,
      finding,
      reference: reference ?? null,
      reviewedBy: principal.professionalId,
    };
    try {
      return await asked(recordReview(this.pool, commandId, askerOf(principal), review));
    } catch (cause) {
      if (!(cause instanceof ReviewCommandReused)) throw cause;
      throw badUserInput([{ field: 'commandId', message: 'was used for another review; choose a new one' }]);
    }
  }
}
