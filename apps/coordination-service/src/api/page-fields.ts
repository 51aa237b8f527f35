import { applyDecorators } from '@nestjs/common';
import { ArgsType, Field, Int } from '@nestjs/graphql';
import { InvalidCursor, placeOf, type Place } from '@spil/read-model';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsSentence } from '../input/text.js';
import { badUserInput } from './errors.js';
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

/** The argument `after` of a list: a cursor, as a page of the list gave it. */
export const AfterField = (description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => String, { nullable: true, description }),
    IsOptional(),
    IsSentence({ max: 200 }),
  );

/** The place from which a page goes on; undefined for the first page. @throws ApiError about a cursor that no page gave */
export function placeAfter(cursor: string | null | undefined): Place | undefined {
  if (cursor == null) return undefined;
  try {
    return placeOf(cursor);
  } catch (cause) {
    if (!(cause instanceof InvalidCursor)) throw cause;
    throw badUserInput([{ field: 'after', message: 'is not a cursor that a page of this list gave' }]);
  }
}

/** Which part of what happened in a case. */
@ArgsType()
export class RevisionPageArgs {
  @FirstField()
  readonly first?: number | null;

  @Field(() => RevisionScalar, { nullable: true, description: 'The last revision already seen.' })
  @IsOptional()
  readonly after?: bigint | null;
}
