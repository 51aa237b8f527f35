import { Args, ArgsType, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { caseDecider, type CaseEvent } from '@spil/domain';
import { DecisionRunner, type RecordedEvent } from '@spil/event-store';
import { IsDefined, IsOptional } from 'class-validator';
import { DocumentArgs, DocumentFile } from '../api/document-file.js';
import { limits } from '../api/limits.js';
import { RevisionPageArgs } from '../api/page-fields.js';
import { InstantScalar, UuidScalar } from '../api/scalars.js';
import { CurrentAsker, type Asking } from '../auth/current-asker.js';
import { PositionOfAsker } from '../auth/position.js';
import { CaseGate } from '../cases/case-gate.js';
import { historyDocument } from './history-document.js';
import { CaseHistory, foldedCase, HistoryEvent, historyEvent } from './history.types.js';

@ArgsType()
class HistoryArgs {
  @Field(() => UuidScalar)
  @IsDefined()
  readonly caseId!: string;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'As it stood at this moment; now when left out.',
  })
  @IsOptional()
  readonly asOf?: string | null;
}

@Resolver(() => CaseHistory)
export class HistoryResolver {
  constructor(
    private readonly gate: CaseGate,
    private readonly runner: DecisionRunner,
  ) {}

  @PositionOfAsker('LOOKED_AT_WITHIN')
  @Query(() => CaseHistory, {
    nullable: true,
    description:
      'What was recorded of a case and how it stood at a moment; null when there is none that you may see.',
  })
  async caseHistory(
    @Args() { caseId, asOf }: HistoryArgs,
    @CurrentAsker() asking: Asking,
  ): Promise<CaseHistory | null> {
    if ((await this.gate.look(asking, 'SEE_HISTORY', caseId)) === undefined) return null;
    const recorded = (await this.runner.readHistory(
      `case-${caseId}`,
      asOf == null ? {} : { asOf: new Date(asOf) },
    )) as RecordedEvent<CaseEvent>[];
    const state = recorded.reduce(
      (before, { event }) => caseDecider.evolve(before, event),
      caseDecider.initialState,
    );
    const last = recorded.at(-1);
    return {
      caseId,
      asOf: asOf ?? null,
      eventCount: recorded.length,
      state:
        state.status === 'NOT_REGISTERED' || last === undefined ? null : foldedCase(state, last.revision),
      recorded,
    };
  }

  @ResolveField(() => DocumentFile, {
    description: 'The history in words, for people who do not read JSON: whole, and without personal texts.',
  })
  document(
    @Parent() { caseId, asOf, recorded }: CaseHistory,
    @Args() { language, format }: DocumentArgs,
  ): Promise<DocumentFile> {
    return historyDocument(recorded, { caseId, asOf, language, format });
  }

  @ResolveField(() => [HistoryEvent], { description: 'In the order in which they were recorded.' })
  events(@Parent() { recorded }: CaseHistory, @Args() { first, after }: RevisionPageArgs): HistoryEvent[] {
    const rest = after == null ? recorded : recorded.filter(({ revision }) => revision > after);
    return rest.slice(0, first ?? limits.pageSize).map(historyEvent);
  }
}
