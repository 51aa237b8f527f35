import { Field, ObjectType } from '@nestjs/graphql';
import type { Purpose, Role } from '@spil/access';
import { purposes } from '@spil/access';
import type { LoggedDisclosure } from '@spil/audit';
import { enumOf, RoleEnum } from '../api/enums.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { PageInfo } from '../cases/worklist.type.js';

export const PurposeEnum = enumOf(
  purposes,
  'Purpose',
  'What personal data are asked for (AVG art. 5(1)(b)); the header `Spil-Purpose` states it.',
);

@ObjectType({
  description:
    'That somebody was shown personal data of a client. Ids and names of fields only, no personal data.',
})
export class AccessLogEntry {
  @Field(() => InstantScalar)
  readonly disclosedAt!: Date;

  @Field(() => String, { description: 'The query that showed them, as the schema names it.' })
  readonly action!: string;

  @Field(() => String, {
    description: 'Processing activity in the register, docs/privacy/processing-activities.md.',
  })
  readonly activity!: string;

  @Field(() => PurposeEnum)
  readonly purpose!: Purpose;

  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Who saw them.' })
  readonly professionalId!: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly organisationId!: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly locationId!: string | null;

  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => UuidScalar, { description: 'Whose they are.' })
  readonly clientId!: string;

  @Field(() => ReferenceIdScalar, { description: 'The organisation that recorded them: their controller.' })
  readonly controllerId!: string;

  @Field(() => [String], {
    description: 'Type of event and path in it, for example `CaseRegistered.client.name`.',
  })
  readonly fields!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Version of the policy text that decided.' })
  readonly policyVersion!: string | null;

  @Field(() => String, { description: 'The request, by its trace id.' })
  readonly traceId!: string;
}

export const accessLogEntry = ({ subjectId, ...row }: LoggedDisclosure): AccessLogEntry => ({
  ...row,
  clientId: subjectId,
});

@ObjectType({ description: 'A row of the access log and its place in it.' })
export class AccessLogEdge {
  @Field(() => String, { description: 'Opaque; for `after`.' })
  readonly cursor!: string;

  @Field(() => AccessLogEntry)
  readonly node!: AccessLogEntry;
}

@ObjectType({ description: 'A page of the access log, newest first (Relay connection).' })
export class AccessLogConnection {
  @Field(() => [AccessLogEdge])
  readonly edges!: readonly AccessLogEdge[];

  @Field(() => PageInfo)
  readonly pageInfo!: PageInfo;
}
