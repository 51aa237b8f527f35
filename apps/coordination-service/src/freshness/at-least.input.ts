import { Field, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
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
