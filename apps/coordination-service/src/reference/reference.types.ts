import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { OrganisationKind, ProgrammePolicy } from '@spil/domain';
import type { LocationEntry, OrganisationEntry, PolicyPeriod, ProfessionalEntry } from '@spil/read-model';
import { enumOf, OrganisationKindEnum } from '../api/enums.js';
import { DayScalar, MunicipalityCodeScalar, ReferenceIdScalar, RevisionScalar } from '../api/scalars.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';

@ObjectType({ description: 'Where help is given (R 1.2).' })
export class Location {
  @Field(() => ReferenceIdScalar)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => [MunicipalityCodeScalar], { description: 'Which it covers; Walcheren covers several.' })
  readonly municipalities!: readonly string[];

  @Field(() => String, { description: 'One of the 11 arrondissementen.' })
  readonly arrondissement!: string;
}

export const location = ({ locationId, name, municipalities, arrondissement }: LocationEntry): Location => ({
  id: locationId,
  name,
  municipalities,
  arrondissement,
});

@ObjectType({ description: 'An organisation that takes part.' })
export class Organisation {
  @Field(() => ReferenceIdScalar)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;
}

export const organisation = ({
  organisationId,
  name,
  organisationKind,
}: OrganisationEntry): Organisation => ({
  id: organisationId,
  name,
  organisationKind,
});

export const InactiveReasonEnum = enumOf(
  ['LEFT', 'ABSENT'],
  'InactiveReason',
  'Why a professional does not take part now.',
);

@ObjectType({ description: 'A user of Spil (R 2.2), where he or she works now.' })
export class Professional {
  @Field(() => ReferenceIdScalar)
  readonly id!: string;

  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => ReferenceIdScalar)
  readonly locationId!: string;

  @Field(() => Boolean)
  readonly active!: boolean;

  @Field(() => InactiveReasonEnum, { nullable: true })
  readonly inactiveBecause!: 'LEFT' | 'ABSENT' | null;

  @Field(() => PersonalText)
  readonly name!: PersonalField;

  @Field(() => PersonalText, { description: 'Direct number.' })
  readonly phone!: PersonalField;

  @Field(() => PersonalText)
  readonly email!: PersonalField;
}

export const professional = (entry: ProfessionalEntry, personal: Personal): Professional => ({
  id: entry.professionalId,
  organisationId: entry.organisationId,
  organisationKind: entry.organisationKind,
  locationId: entry.locationId,
  active: entry.active,
  inactiveBecause: entry.inactiveBecause,
  name: personal(entry.details, 'name'),
  phone: personal(entry.details, 'phone'),
  email: personal(entry.details, 'email'),
});

@ObjectType({ description: 'What programme policy decides at a location from a day on (rule 4).' })
export class Policy implements ProgrammePolicy {
  @Field(() => DayScalar, {
    nullable: true,
    description: 'Null for the policy that holds where none was set.',
  })
  readonly from!: string | null;

  @Field(() => RevisionScalar, {
    nullable: true,
    description: 'Decisions name it; null for the policy that holds where none was set.',
  })
  readonly revision!: bigint | null;

  @Field(() => [OrganisationKindEnum], {
    description: 'Whose referrals may go to the lawyer who was consulted (R 1.2 forbids, P 6 wishes).',
  })
  readonly consultedLawyerMayReceiveFrom!: readonly OrganisationKind[];

  @Field(() => Float, {
    nullable: true,
    description: 'Hours that a receiver has to accept a referral or a handover; null sets no deadline.',
  })
  readonly hoursToAccept!: number | null;

  @Field(() => Int, { description: 'Failed attempts after which a piket request escalates.' })
  readonly attemptsBeforeEscalation!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Minutes after which a piket request escalates; null sets no deadline.',
  })
  readonly minutesBeforeEscalation!: number | null;

  @Field(() => Boolean, { description: 'Whether there is a local piket desk at all (R 3.5, P 7).' })
  readonly localDesk!: boolean;
}

export const policyPeriod = ({ from, revision, policy }: PolicyPeriod): Policy => ({
  from,
  revision: BigInt(revision),
  ...policy,
});
