import { Args, ArgsType, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { caseActions, type CaseAction, type Role } from '@spil/access';
import { caseDecider, type CaseEvent } from '@spil/domain';
import { DecisionRunner, type RecordedEvent } from '@spil/event-store';
import { IsDefined } from 'class-validator';
import { enumOf, RoleEnum } from '../api/enums.js';
import { InstantScalar, ReferenceIdScalar, RevisionScalar, UuidScalar } from '../api/scalars.js';
import { asked } from '../audit/log-page.js';
import { PolicyRecord } from '../audit/policy-record.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { CaseGate } from '../cases/case-gate.js';
import { disclosureRights, type DisclosureRight } from './disclosure-replay.js';

export const CaseActionEnum = enumOf(
  caseActions,
  'CaseAction',
  'What one can want of a case. LINK_BY_CODE joins it by its registration code and shows nothing of it.',
);

@ObjectType('DisclosureRight', { description: 'Who could do what with a case.' })
export class DisclosureRightType implements DisclosureRight {
  @Field(() => RoleEnum)
  readonly role!: Role;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Null: anyone of this role there who is not named beside it.',
  })
  readonly professionalId!: string | null;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description:
      'Null: of any organisation that is not named beside it; with a `professionalId`, of any at all. Those above all organisations have none.',
  })
  readonly organisationId!: string | null;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Null: anywhere but at the locations that are named beside it.',
  })
  readonly locationId!: string | null;

  @Field(() => [CaseActionEnum], {
    description: 'None where a wall keeps someone from what anyone else of this role could do.',
  })
  readonly actions!: readonly CaseAction[];
}

@ObjectType('PolicyInForce', { description: 'The policy text by which is decided who may see and do what.' })
export class PolicyInForceType {
  @Field(() => String, {
    description:
      'The first 16 digits of the SHA-256 over the policy and the schema of its words, as rows of the access log name it.',
  })
  readonly version!: string;

  @Field(() => InstantScalar, {
    description:
      'From when on the service decided by it. After the moment that was asked for: no earlier text is known.',
  })
  readonly inForceFrom!: Date;

  @Field(() => String, { description: 'In Cedar; each rule says in Dutch what it means.' })
  readonly policy!: string;
}

@ObjectType({ description: 'Who could see and do what with a case at a moment.' })
export class Disclosure {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => InstantScalar)
  readonly on!: string;

  @Field(() => RevisionScalar, { description: 'Of the last event recorded by then.' })
  readonly revision!: bigint;

  @Field(() => PolicyInForceType, { description: 'By which this is decided.' })
  readonly policy!: PolicyInForceType;

  @Field(() => [DisclosureRightType], {
    description:
      'Whoever has no part in the case is in the rows without an organisation. Whom no row means could do nothing: no case is there for them.',
  })
  readonly rights!: readonly DisclosureRightType[];
}

@ArgsType()
class DisclosureArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly caseId!: string;

  @Field(() => InstantScalar)
  @IsDefined()
  readonly on!: string;
}

@Resolver()
export class DisclosureResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly runner: DecisionRunner,
    private readonly policies: PolicyRecord,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => Disclosure, {
    nullable: true,
    description:
      'Disclosure replay: who could see what of a case on a date, by the policy text that was in force then on the state of that day. Who did see something is in `accessLog`. Null when there is no such case, or was none then, or its log is not for you.',
  })
  async disclosure(
    @Args() { caseId, on }: DisclosureArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<Disclosure | null> {
    if ((await this.gate.look(asking, 'SEE_ACCESS_LOG', caseId)) === undefined) return null;
    const history = (await this.runner.readHistory(`case-${caseId}`, {
      asOf: new Date(on),
    })) as RecordedEvent<CaseEvent>[];
    const last = history.at(-1);
    const state = history.reduce(
      (before, { event }) => caseDecider.evolve(before, event),
      caseDecider.initialState,
    );
    if (last === undefined || state.status === 'NOT_REGISTERED') return null;
    const { engine, ...policy } = await asked(this.policies.inForceOn(new Date(on)));
    return {
      caseId,
      on,
      revision: last.revision,
      policy,
      rights: disclosureRights(history, state, on, engine),
    };
  }
}
