import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { Day, LegalArea, OrganisationKind } from '@spil/domain';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { enumOf, LegalAreaEnum, OrganisationKindEnum } from '../api/enums.js';
import { DayScalar, InstantScalar, MunicipalityCodeScalar, ReferenceIdScalar } from '../api/scalars.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';

export const LineEnum = enumOf(
  ['FIRST', 'SECOND'],
  'Line',
  'First line: Juridisch Loket and sociaal raadslieden. Second line: advocatuur and mediation.',
);
export const BreakdownEnum = enumOf(
  ['ORGANISATION_KIND', 'LOCATION', 'AREA'],
  'Breakdown',
  'By what a figure is broken down: of whoever did what is counted, at that moment.',
);

@InputType({ description: 'First and last day on which what is counted happened, in the Netherlands.' })
export class PeriodInput {
  @Field(() => DayScalar, { nullable: true, description: 'Left out: from the beginning.' })
  @IsOptional()
  readonly from?: Day | null;

  @Field(() => DayScalar, { nullable: true, description: 'Left out: up to the end.' })
  @IsOptional()
  readonly to?: Day | null;
}

@ArgsType()
export class FiguresArgs {
  @Field(() => PeriodInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PeriodInput)
  readonly period?: PeriodInput | null;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Where it was registered. Professionals see figures of their own location only.',
  })
  @IsOptional()
  readonly locationId?: string | null;

  @Field(() => MunicipalityCodeScalar, { nullable: true, description: 'Where the client lives.' })
  @IsOptional()
  readonly clientMunicipality?: string | null;

  @Field(() => OrganisationKindEnum, {
    nullable: true,
    description: 'Of whoever did it: the registering, asking or recording organisation.',
  })
  @IsOptional()
  readonly organisationKind?: OrganisationKind | null;

  @Field(() => LineEnum, { nullable: true })
  @IsOptional()
  readonly line?: 'FIRST' | 'SECOND' | null;

  @Field(() => LegalAreaEnum, { nullable: true })
  @IsOptional()
  readonly area?: LegalArea | null;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'As it stood at this moment: what was recorded later does not count. Left out: live.',
  })
  @IsOptional()
  readonly asOf?: string | null;

  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}
