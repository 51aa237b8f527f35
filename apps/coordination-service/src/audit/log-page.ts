import { ArgsType, Field } from '@nestjs/graphql';
import { InvalidAuditCursor, type Page } from '@spil/audit';
import { isDatabaseAway } from '@spil/postgres';
import { IsOptional } from 'class-validator';
import { badUserInput, unavailable } from '../api/errors.js';
import { limits } from '../api/limits.js';
import { FirstField } from '../api/page-fields.js';
import { IsSentence } from '../input/text.js';

/** Which part of a log. */
@ArgsType()
export class LogPageArgs {
  @FirstField(`Rows per page, 1 to ${limits.pageSize}; 25 when left out.`)
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last row already seen.' })
  @IsOptional()
  @IsSentence({ max: 60 })
  readonly after?: string | null;
}

export const pageRequest = ({ first, after }: LogPageArgs) => ({
  first: first ?? 25,
  ...(after != null && { after }),
});

/** A page of a log as a Relay connection. */
export const connectionOf = <Node>({ edges, hasNextPage }: Page<Node>) => ({
  edges,
  pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
});

/** Asks the audit database. @throws ApiError when it is away, and about a cursor that is none */
export async function asked<Result>(question: Promise<Result>): Promise<Result> {
  try {
    return await question;
  } catch (cause) {
    if (cause instanceof InvalidAuditCursor)
      throw badUserInput([{ field: 'after', message: 'is not a cursor that a page of this log gave' }]);
    throw isDatabaseAway(cause) ? unavailable('AUDIT', cause) : cause;
  }
}
