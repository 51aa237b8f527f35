import { Command, type ICommandHandler } from '@nestjs/cqrs';
import { Injectable } from '@nestjs/common';
import type { CaseAction } from '@spil/access';
import type { CaseCommand, Refusal } from '@spil/domain';
import { CaseDesk } from './case-desk.js';
import type { CaseStepTools } from './case-step-tools.js';
import type { StepOrder, StepResult } from './step-order.js';

export type { CaseStepTools } from './case-step-tools.js';

/** A step on a case that exists. */
export abstract class CaseStepCommand<Input extends { readonly caseId: string }> extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: Input,
  ) {
    super();
  }
}

/** Turns a step's input into the domain's command; checking access, deciding and appending are the desk's. */
@Injectable()
export abstract class CaseStepHandler<Input extends { readonly caseId: string }> implements ICommandHandler<
  CaseStepCommand<Input>
> {
  /** What the access policy is asked for. */
  protected readonly action: CaseAction = 'ACT_ON_CASE';

  constructor(private readonly desk: CaseDesk) {}

  execute({ order, input }: CaseStepCommand<Input>): Promise<StepResult> {
    return this.desk.take(order, input.caseId, input, (step) => this.decision(input, step), this.action);
  }

  protected abstract decision(
    input: Input,
    step: CaseStepTools,
  ): CaseCommand | Refusal | Promise<CaseCommand | Refusal>;
}
