import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { may, type Principal, type Role } from '@spil/access';
import { refusalKinds, refusalsBetween, type RecordedRefusal, type RefusalKind } from '@spil/audit';
import { IsDefined, IsOptional, Matches } from 'class-validator';
import type { Pool } from 'pg';
import { enumOf, RoleEnum } from '../api/enums.js';
import { forbidden } from '../api/errors.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { CurrentPrincipal } from '../auth/current-principal.js';
import { PageInfo } from '../cases/worklist.type.js';
import { AUDIT_POOL } from '../infrastructure/tokens.js';
import { asked, connectionOf, LogPageArgs, pageRequest } from './log-page.js';

export const RefusalKindEnum = enumOf(
  refusalKinds,
  'RefusalKind',
  'COMMAND: a step that was not taken. READ: something that was not shown.',
);

@ObjectType('RecordedRefusal', {
  description: 'Something that was asked and not granted: who asked, what, and why not. Never what it held.',
})
export class RecordedRefusalType implements RecordedRefusal {
  @Field(() => String)
  readonly refusalId!: string;

  @Field(() => InstantScalar)
  readonly refusedAt!: Date;

  @Field(() => RefusalKindEnum)
  readonly kind!: RefusalKind;

  @Field(() => String, { description: 'The query, mutation or subscription, as the schema names it.' })
  readonly operation!: string;

  @Field(() => String, {
    description:
      'A refusal code of the rules or an error code. NOT_FOUND: a case that was asked for by id and that the asker may not see, or that does not exist.',
  })
  readonly code!: string;

  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly professionalId!: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly organisationId!: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true })
  readonly locationId!: string | null;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'That was asked for, whether or not there is one.',
  })
  readonly caseId!: string | null;

  @Field(() => String, { description: 'The request, by its trace id.' })
  readonly traceId!: string;
}

@ObjectType({ description: 'A refusal and its place in the list.' })
export class RefusalEdge {
  @Field(() => String, { description: 'Opaque; for `after`.' })
  readonly cursor!: string;

  @Field(() => RecordedRefusalType)
  readonly node!: RecordedRefusalType;
}

@ObjectType({ description: 'A page of refusals, newest first (Relay connection).' })
export class RefusalConnection {
  @Field(() => [RefusalEdge])
  readonly edges!: readonly RefusalEdge[];

  @Field(() => PageInfo)
  readonly pageInfo!: PageInfo;
}

@ArgsType()
class RefusalsArgs extends LogPageArgs {
  @Field(() => InstantScalar, { description: 'From this moment on.' })
  @IsDefined()
  readonly from!: string;

  @Field(() => InstantScalar, { description: 'Up to this moment.' })
  @IsDefined()
  readonly to!: string;

  @Field(() => RefusalKindEnum, { nullable: true })
  @IsOptional()
  readonly kind?: RefusalKind | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Matches(/^[A-Z_]{1,80}$/, { message: 'must be a code' })
  readonly code?: string | null;

  @Field(() => UuidScalar, { nullable: true, description: 'That was asked for.' })
  @IsOptional()
  readonly caseId?: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Of who was refused.' })
  @IsOptional()
  readonly organisationId?: string | null;

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Who was refused.' })
  @IsOptional()
  readonly professionalId?: string | null;
}

@Resolver()
export class RefusalsResolver {
  constructor(@Inject(AUDIT_POOL) private readonly pool: Pool) {}

  @Query(() => RefusalConnection, {
    description: 'Refused commands and denied reads, newest first; for auditors.',
  })
  async refusals(
    @Args() args: RefusalsArgs,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RefusalConnection> {
    if (!may(principal, 'SEE_REFUSALS')) throw forbidden('refusals');
    const { from, to, kind, code, caseId, organisationId, professionalId } = args;
    const filter = {
      from: new Date(from),
      to: new Date(to),
      ...(kind != null && { kind }),
      ...(code != null && { code }),
      ...(caseId != null && { caseId }),
      ...(organisationId != null && { organisationId }),
      ...(professionalId != null && { professionalId }),
    };
    return connectionOf(await asked(refusalsBetween(this.pool, filter, pageRequest(args))));
  }
}
