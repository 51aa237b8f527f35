import { Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { mandateFor, type Principal, type Role } from '@spil/access';
import type { OrganisationKind } from '@spil/domain';
import { OrganisationKindEnum, RoleEnum } from '../api/enums.js';
import { ReferenceIdScalar } from '../api/scalars.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { PositionOfAsker } from '../auth/position.js';

@ObjectType({ description: 'Who asks, as the token says.' })
export class Me {
  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Null for people who do not work on cases.',
  })
  professionalId!: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  organisationId!: string | null;

  @Field(() => OrganisationKindEnum, { nullable: true })
  organisationKind!: OrganisationKind | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  locationId!: string | null;

  @Field(() => Boolean, { description: 'May record facts more than 30 days back, under the import mandate.' })
  mayImport!: boolean;
}

@Resolver(() => Me)
export class MeResolver {
  @PositionOfAsker('NO_MATTER')
  @Query(() => Me, { description: 'Who you are to Spil.' })
  me(@CurrentPrincipal() principal: Principal): Me {
    return {
      role: principal.role,
      professionalId: principal.professionalId ?? null,
      organisationId: principal.organisationId ?? null,
      organisationKind: principal.organisationKind ?? null,
      locationId: principal.locationId ?? null,
      mayImport: mandateFor(principal, 'IMPORT') === 'IMPORT',
    };
  }
}
