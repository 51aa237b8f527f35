import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { LegalArea } from '@spil/domain';
import type { CaseStatus } from '@spil/read-model';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { LegalAreaEnum } from '../api/enums.js';
import { limits } from '../api/limits.js';
import { AfterField, FirstField } from '../api/page-fields.js';
import { ReferenceIdScalar } from '../api/scalars.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { CaseStatusEnum } from './case.type.js';

@InputType({ description: 'Which cases of those you may see; conditions add up.' })
export class CaseFilterInput {
  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Where the case was registered.' })
  @IsOptional()
  readonly locationId?: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Which organisation registered it.' })
  @IsOptional()
  readonly organisationId?: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'The professional who coordinates it.' })
  @IsOptional()
  readonly coordinatorId?: string | null;

  @Field(() => CaseStatusEnum, { nullable: true })
  @IsOptional()
  readonly status?: CaseStatus | null;

  @Field(() => LegalAreaEnum, { nullable: true, description: 'The primary or a further area.' })
  @IsOptional()
  readonly area?: LegalArea | null;

  @Field(() => Boolean, { nullable: true, description: 'Flagged for the signaleringsoverleg.' })
  @IsOptional()
  @IsBoolean()
  readonly flagged?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Not self-reliant and without a coordinator (rule 6).',
  })
  @IsOptional()
  @IsBoolean()
  readonly notSelfReliantWithoutCoordinator?: boolean | null;
}

@ArgsType()
export class CasesArgs {
  @Field(() => CaseFilterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CaseFilterInput)
  readonly filter?: CaseFilterInput | null;

  @FirstField(`Cases per page, 1 to ${limits.pageSize}; 25 when left out.`)
  readonly first?: number | null;

  @AfterField('The cursor of the last case already seen.')
  readonly after?: string | null;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}
