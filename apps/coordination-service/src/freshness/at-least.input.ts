import { applyDecorators } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { PositionScalar, RevisionScalar, UuidScalar } from '../api/scalars.js';

@InputType({
  description:
    'How fresh an answer must be: a position that a mutation answered with, or a case and the revision that one must see.',
})
export class AtLeastInput {
  @Field(() => PositionScalar, { nullable: true })
  @IsOptional()
  readonly position?: bigint | null;

  @Field(() => UuidScalar, { nullable: true, description: 'Together with `revision`.' })
  @IsOptional()
  readonly caseId?: string | null;

  @Field(() => RevisionScalar, { nullable: true, description: 'Together with `caseId`.' })
  @IsOptional()
  readonly revision?: bigint | null;
}

/** The argument `atLeast` of a query. */
export const AtLeastField = (): PropertyDecorator =>
  applyDecorators(
    Field(() => AtLeastInput, { nullable: true }),
    IsOptional(),
    ValidateNested(),
    Type(() => AtLeastInput),
  );
