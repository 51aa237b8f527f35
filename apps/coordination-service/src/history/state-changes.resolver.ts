import { Args, ArgsType, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { CaseEvent } from '@spil/domain';
import { DecisionRunner, type RecordedEvent } from '@spil/event-store';
import { IsDefined, IsOptional } from 'class-validator';
import { badUserInput } from '../api/errors.js';
import { InstantScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { CaseGate } from '../cases/case-gate.js';
import { HistoryEvent, historyEvent } from './history.types.js';
import { stateChanges } from './state-changes.js';

@ObjectType('StateChange', {
  description:
    'A field of the folded state that is not what it was, and the event to which it owes what it is.',
})
export class StateChangeType {
  @Field(() => String, { description: 'Dotted, for example `referrals.<id>.status`.' })
  readonly path!: string;

  @Field(() => Boolean, { description: 'A personal field: `before` and `after` say FILLED_IN, never what.' })
  readonly personal!: boolean;

  @Field(() => String, { nullable: true, description: 'Null where there was nothing.' })
  readonly before!: string | null;

  @Field(() => String, { nullable: true, description: 'Null where there is nothing any more.' })
  readonly after!: string | null;

  @Field(() => HistoryEvent, {
    description:
      'The last event that changed it: by whom, under which mandate, version of the event and revision of the policy.',
  })
  readonly by!: HistoryEvent;
}

@ObjectType({ description: 'The difference between two moments in the history of a case.' })
export class CaseHistoryDiff {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => Int, { description: 'Events recorded up to the first moment.' })
  readonly eventsBefore!: number;

  @Field(() => Int, { description: 'Events recorded up to the second.' })
  readonly eventsAfter!: number;

  @Field(() => [StateChangeType], { description: 'By path.' })
  readonly changes!: readonly StateChangeType[];
}

@ArgsType()
class HistoryDiffArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly caseId!: string;

  @Field(() => InstantScalar, {
    nullable: true,
    description:
      'The first moment. When left out, before there was anything: every field is then told with the event that made it what it is.',
  })
  @IsOptional()
  readonly from?: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'The second moment; now when left out.' })
  @IsOptional()
  readonly to?: string | null;
}

@Resolver()
export class StateChangesResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly runner: DecisionRunner,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => CaseHistoryDiff, {
    nullable: true,
    description:
      'What changed in a case between two moments and by which event; without `from`, why its state is what it is. Null when there is none that you may see.',
  })
  async caseHistoryDiff(
    @Args() { caseId, from, to }: HistoryDiffArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<CaseHistoryDiff | null> {
    if (from != null && to != null && from > to)
      throw badUserInput([{ field: 'from', message: 'must not lie after `to`' }]);
    if ((await this.gate.look(asking, 'SEE_HISTORY', caseId)) === undefined) return null;
    const [before, after] = await Promise.all([
      from == null ? [] : this.historyUpTo(caseId, from),
      this.historyUpTo(caseId, to),
    ]);
    return {
      caseId,
      eventsBefore: before.length,
      eventsAfter: after.length,
      changes: stateChanges(after, before.length).map(({ by, ...change }) => ({
        ...change,
        by: historyEvent(by),
      })),
    };
  }

  private async historyUpTo(
    caseId: string,
    moment: string | null | undefined,
  ): Promise<RecordedEvent<CaseEvent>[]> {
    const asOf = moment == null ? {} : { asOf: new Date(moment) };
    return (await this.runner.readHistory(`case-${caseId}`, asOf)) as RecordedEvent<CaseEvent>[];
  }
}
