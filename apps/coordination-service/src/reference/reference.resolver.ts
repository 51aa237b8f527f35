import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { may, type Principal } from '@spil/access';
import { dayInNetherlands, defaultProgrammePolicy } from '@spil/domain';
import * as readModel from '@spil/read-model';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { forbidden } from '../api/errors.js';
import { DayScalar, ReferenceIdScalar } from '../api/scalars.js';
import { inOwnPurpose } from '../auth/current-asker.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { PositionOfAsker } from '../auth/position.js';
import { AtLeastField, AtLeastInput } from '../freshness/at-least.input.js';
import { Freshness } from '../freshness/freshness.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { personalFor, type FieldSource } from '../personal/personal-data.js';
import {
  Location,
  location,
  Organisation,
  organisation,
  Policy,
  policyPeriod,
  Professional,
  professional,
} from './reference.types.js';

@ArgsType()
class ReferenceArgs {
  @AtLeastField()
  readonly atLeast?: AtLeastInput | null;
}

@ArgsType()
class ProfessionalsArgs extends ReferenceArgs {
  @Field(() => ReferenceIdScalar, { nullable: true })
  @IsOptional()
  readonly organisationId?: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  @IsOptional()
  readonly locationId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those who take part now, or only those who do not.',
  })
  @IsOptional()
  @IsBoolean()
  readonly active?: boolean | null;
}

@ArgsType()
class PolicyArgs extends ReferenceArgs {
  @Field(() => ReferenceIdScalar)
  @IsDefined()
  readonly locationId!: string;

  @Field(() => DayScalar, { nullable: true, description: 'Today when left out.' })
  @IsOptional()
  readonly on?: string | null;
}

/** Who and what there is to choose from, as it stands today. */
@Resolver()
export class ReferenceResolver {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
  ) {}

  @PositionOfAsker('WHERE_KNOWN')
  @Query(() => [Location], { description: 'Every location.' })
  async locations(
    @Args() { atLeast }: ReferenceArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Location[]> {
    const database = await this.open(principal, atLeast);
    return (await readModel.locations(database)).map(location);
  }

  @PositionOfAsker('WHERE_KNOWN')
  @Query(() => [Organisation], { description: 'Every organisation that takes part.' })
  async organisations(
    @Args() { atLeast }: ReferenceArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Organisation[]> {
    const database = await this.open(principal, atLeast);
    return (await readModel.organisations(database)).map(organisation);
  }

  @PositionOfAsker('WHERE_KNOWN')
  @Query(() => [Professional], {
    description: 'The people to reach, with direct number and address, for those who work with them.',
  })
  async professionals(
    @Args() { organisationId, locationId, active, atLeast }: ProfessionalsArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Professional[]> {
    if (!may(principal, 'SEE_PROFESSIONALS')) throw forbidden('professionals');
    const database = await this.open(principal, atLeast);
    const found = await readModel.professionals(database, {
      ...(organisationId != null && { organisationId }),
      ...(locationId != null && { locationId }),
      ...(active != null && { active }),
    });
    return found.map((entry) => professional(entry, personalFor(true, detailsOf(entry))));
  }

  @PositionOfAsker('WHERE_KNOWN')
  @Query(() => Policy, {
    nullable: true,
    description: 'Programme policy of a location on a day (rule 4); null when there is no such location.',
  })
  async programmePolicy(
    @Args() { locationId, on, atLeast }: PolicyArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Policy | null> {
    const database = await this.open(principal, atLeast);
    const [known, periods] = await Promise.all([
      readModel.locationById(database, locationId),
      readModel.policyPeriods(database, locationId),
    ]);
    if (known === undefined) return null;
    const day = on ?? dayInNetherlands(new Date().toISOString());
    const inForce = periods.findLast(({ from }) => from <= day);
    return inForce === undefined
      ? { from: null, revision: null, ...defaultProgrammePolicy }
      : policyPeriod(inForce);
  }

  private async open(
    principal: Principal,
    atLeast: AtLeastInput | null | undefined,
  ): Promise<readModel.ReadDatabase> {
    if (!may(principal, 'SEE_REFERENCE_DATA')) throw forbidden('reference data');
    await this.freshness.wait(atLeast, inOwnPurpose(principal), ['reference']);
    return this.readModels.database();
  }
}

/** Where the personal data of a professional come from. */
const detailsOf = ({ professionalId, organisationId }: readModel.ProfessionalEntry): FieldSource => ({
  action: 'professionals',
  subject: { kind: 'PROFESSIONAL', id: professionalId },
  caseId: null,
  employerId: organisationId,
});
