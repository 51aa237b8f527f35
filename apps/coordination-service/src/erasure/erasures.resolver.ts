import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { mayForOrganisation } from '@spil/access';
import type { ErasureStateName } from '@spil/read-model';
import { IsDefined, IsOptional } from 'class-validator';
import { forbidden } from '../api/errors.js';
import { limits } from '../api/limits.js';
import { AfterField, FirstField, placeAfter } from '../api/page-fields.js';
import { UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ErasureStateEnum, ErasureType } from './erasure.type.js';
import { OwnErasures } from './own-erasures.js';

@ArgsType()
class ErasuresArgs {
  @Field(() => [ErasureStateEnum], { nullable: true, description: 'In any state when left out.' })
  @IsOptional()
  readonly states?: readonly ErasureStateName[] | null;

  @FirstField()
  readonly first?: number | null;

  @AfterField('The cursor of the last one already seen.')
  readonly after?: string | null;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

@ArgsType()
class ErasureArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly id!: string;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

/** Requests to erase, for the privacy officers of the organisation that they were made to. */
@Resolver()
export class ErasuresResolver {
  constructor(
    private readonly own: OwnErasures,
    private readonly freshness: Freshness,
  ) {}

  @Query(() => [ErasureType], {
    description: 'The requests to erase that your organisation took in, the newest first.',
  })
  async erasures(
    @Args() { states, first, after, atLeast }: ErasuresArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<ErasureType[]> {
    const { principal } = asking;
    if (!mayForOrganisation(principal, 'FORGET_CLIENTS')) throw forbidden('erasures');
    const before = placeAfter(after);
    await this.freshness.wait(atLeast, asking, ['erasure']);
    return this.own.page(principal, {
      first: first ?? limits.pageSize,
      ...(states != null && { states }),
      ...(before && { before }),
    });
  }

  @Query(() => ErasureType, {
    nullable: true,
    description: 'One request to erase; null when your organisation took in none of this id.',
  })
  async erasure(
    @Args() { id, atLeast }: ErasureArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<ErasureType | null> {
    const { principal } = asking;
    if (!mayForOrganisation(principal, 'FORGET_CLIENTS')) throw forbidden('erasures');
    await this.freshness.wait(atLeast, asking, ['erasure']);
    return (await this.own.byId(principal, id)) ?? null;
  }
}
