import { Args, ArgsType, Field, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { listScope } from '@spil/access';
import { DecisionRunner } from '@spil/event-store';
import { asReader, emergencyAccessAwaitingReview, type EmergencyAccessRow } from '@spil/read-model';
import { forbidden } from '../api/errors.js';
import { limits } from '../api/limits.js';
import { FirstField } from '../api/page-fields.js';
import { InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { clientOf, personalFor, type PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';
import { CaseGate } from './case-gate.js';

@ObjectType({ description: 'Emergency access that someone else has to review.' })
export class EmergencyAccess {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => UuidScalar)
  readonly emergencyId!: string;

  @Field(() => ReferenceIdScalar, { description: 'The professional who took it.' })
  readonly takenBy!: string;

  @Field(() => ReferenceIdScalar, { description: 'The organisation of that professional.' })
  readonly organisationId!: string;

  @Field(() => InstantScalar)
  readonly takenAt!: Date;

  @Field(() => InstantScalar, { description: 'When it ends by itself, or did.' })
  readonly until!: Date;

  @Field(() => InstantScalar)
  readonly reviewBy!: Date;

  @Field(() => Boolean, { description: 'The review should have been done by now.' })
  readonly overdue!: boolean;
}

@ArgsType()
class EmergencyAccessArgs {
  @FirstField()
  readonly first?: number | null;
}

@Resolver(() => EmergencyAccess)
export class EmergencyAccessResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly readModels: ReadModels,
    private readonly runner: DecisionRunner,
  ) {}

  @Query(() => [EmergencyAccess], {
    description:
      'Emergency access to cases of your organisation that waits for a review, what is due first before the rest. For local coordinators and privacy officers.',
  })
  async emergencyAccessToReview(
    @Args() { first }: EmergencyAccessArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<EmergencyAccess[]> {
    const scope = listScope(asking.principal, asking.purpose, 'REVIEW_EMERGENCY_ACCESS');
    if (scope === undefined || scope.words.length === 0) throw forbidden('reviews of emergency access');
    const reader = { kind: 'LIST', ...scope } as const;
    const rows = await asReader(await this.readModels.database(), reader, (session) =>
      emergencyAccessAwaitingReview(session, reader, first ?? limits.pageSize),
    );
    return rows.map(emergencyAccess);
  }

  @ResolveField(() => PersonalText, { description: 'Why it was taken; straight from the case.' })
  async reason(
    @Parent() { caseId, emergencyId }: EmergencyAccess,
    @CurrentAsker() asking: Asking,
  ): Promise<PersonalField> {
    const seen = await this.gate.look(asking, 'REVIEW_EMERGENCY_ACCESS', caseId);
    const clientId = seen?.state.clientId ?? '';
    const reason = personalFor(seen !== undefined, clientOf('emergencyAccessToReview', { caseId, clientId }));
    const stream = `case-${caseId}`;
    const history = seen === undefined ? [] : await this.runner.readHistory(stream);
    for (const { event, eventId } of history)
      if (event.type === 'EmergencyAccessTaken' && event.emergencyId === emergencyId)
        return reason({ stream, eventId, sealed: event.reason });
    return reason(null);
  }
}

const emergencyAccess = (row: EmergencyAccessRow): EmergencyAccess => ({
  caseId: row.caseId,
  emergencyId: row.emergencyId,
  takenBy: row.takenBy,
  organisationId: row.organisationId,
  takenAt: row.takenAt,
  until: row.until,
  reviewBy: row.reviewBy,
  overdue: row.reviewBy.getTime() < Date.now(),
});
