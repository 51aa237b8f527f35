import { applyDecorators } from '@nestjs/common';
import { ArgsType, Field, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { limits } from './limits.js';
import { RevisionScalar } from './scalars.js';

/** The argument `first` of a list: how many rows are asked for, at most a page. */
export const FirstField = (
  description = `1 to ${limits.pageSize}; ${limits.pageSize} when left out.`,
): PropertyDecorator =>
  applyDecorators(
    Field(() => Int, { nullable: true, description }),
    IsOptional(),
    IsInt(),
    Min(1),
    Max(limits.pageSize),
  );

/** Which part of what happened in a case. */
@ArgsType()
export class RevisionPageArgs {
  @FirstField()
  readonly first?: number | null;

  @Field(() => RevisionScalar, { nullable: true, description: 'The last revision already seen.' })
  @IsOptional()
  readonly after?: bigint | null;
}
