import { Injectable } from '@nestjs/common';
import { may, type GeneralAction } from '@spil/access';
import { isRefusal, refuse, type Decider, type Refusal } from '@spil/domain';
import { DecisionRunner, derivedId, type DomainEvent, type KeySubject } from '@spil/event-store';
import { Clock } from './clock.js';
import type { StepOrder, StepResult } from './step-order.js';
import { contextOf, principalName, resultOf, runOf } from './step-session.js';

type MaybePromise<T> = T | Promise<T>;

/** A change of reference data: on which stream, decided by what, and whose data it holds. */
export interface ReferenceChange<State, Command, Event extends DomainEvent> {
  /** For example `location`; with the id it names the stream. */
  readonly category: string;
  readonly id: string;
  readonly decider: Decider<State, Command, Event>;
  readonly payload: object;
  /** The professional whose personal data are changed; reference data otherwise hold none. */
  readonly subject?: KeySubject;
  readonly command: () => MaybePromise<Command | Refusal>;
}

/** Where changes of locations, organisations, professionals and programme policy come in. */
@Injectable()
export class ReferenceDesk {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly clock: Clock,
  ) {}

  /** The id given, or a new one that is the same again when the order is repeated. */
  idFor(order: StepOrder, given: string | null | undefined, kind: string): string {
    return given ?? derivedId(principalName(order.principal), order.commandId, kind);
  }

  /**
   * Takes a change; refuses everyone whose role may not make it.
   * @throws EventStoreUnavailable, KeyStoreUnavailable
   */
  async change<State, Command, Event extends DomainEvent>(
    order: StepOrder,
    change: ReferenceChange<State, Command, Event> & { readonly action: GeneralAction },
  ): Promise<StepResult> {
    return may(order.principal, change.action)
      ? this.take(order, change)
      : { kind: 'refused', refusal: refuse('NOT_ALLOWED') };
  }

  /** Takes a change by someone of whom the caller made sure that he or she may make it. */
  async take<State, Command, Event extends DomainEvent>(
    order: StepOrder,
    change: ReferenceChange<State, Command, Event>,
  ): Promise<StepResult> {
    const context = contextOf(order, this.clock);
    if (isRefusal(context)) return { kind: 'refused', refusal: context };
    const outcome = await this.runner.runDecision({
      stream: `${change.category}-${change.id}`,
      decider: change.decider,
      command: change.command,
      subject: () => change.subject ?? { kind: 'REFERENCE' },
      payload: change.payload,
      ...runOf(order, context),
    });
    return resultOf(change.id, outcome, []);
  }
}
