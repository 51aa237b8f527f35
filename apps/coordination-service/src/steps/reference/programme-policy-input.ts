import { Field, InputType, Int } from '@nestjs/graphql';
import type { OrganisationKind, ProgrammePolicy } from '@spil/domain';
import { ArrayMaxSize, IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { OrganisationKindEnum } from '../../api/enums.js';

@InputType({ description: 'What policy decides at a location (rule 4).' })
export class ProgrammePolicyInput {
  @Field(() => [OrganisationKindEnum], {
    description:
      'Organisation kinds whose referrals may go to the lawyer who was consulted (R 1.2 forbids, P 6 wishes).',
  })
  @ArrayMaxSize(50)
  readonly consultedLawyerMayReceiveFrom!: readonly OrganisationKind[];

  @Field(() => Int, {
    nullable: true,
    description: 'Hours that a receiver has to accept a referral or a handover; leave out for no deadline.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(8760)
  readonly hoursToAccept?: number | null;

  @Field(() => Int, { description: 'Failed attempts after which a piket request escalates.' })
  @IsInt()
  @Min(1)
  @Max(20)
  readonly attemptsBeforeEscalation!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes after which a piket request escalates; leave out for no deadline.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10080)
  readonly minutesBeforeEscalation?: number | null;

  @Field(() => Boolean, { description: 'Whether there is a local piket desk at all (R 3.5, P 7).' })
  @IsBoolean()
  readonly localDesk!: boolean;
}

/** The policy as the domain takes it. */
export const policyIn = (input: ProgrammePolicyInput): ProgrammePolicy => ({
  consultedLawyerMayReceiveFrom: input.consultedLawyerMayReceiveFrom,
  hoursToAccept: input.hoursToAccept ?? null,
  attemptsBeforeEscalation: input.attemptsBeforeEscalation,
  minutesBeforeEscalation: input.minutesBeforeEscalation ?? null,
  localDesk: input.localDesk,
});
