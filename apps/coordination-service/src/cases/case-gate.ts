import { Injectable } from '@nestjs/common';
import { mayOnCase, type CaseAction, type Principal } from '@spil/access';
import { accessOf } from '@spil/commands';
import { caseDecider, type RegisteredCase } from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';

/** A case as its stream tells it now. */
export interface SeenCase {
  readonly state: RegisteredCase;
  readonly revision: bigint;
}

/** Decides on the stream itself, not on a read model that may lag, what someone may do with one case. */
@Injectable()
export class CaseGate {
  constructor(private readonly runner: DecisionRunner) {}

  /**
   * The case as it stands, when the principal may do this with it; undefined when not, and in the same way when there is
   * no such case.
   * @throws EventStoreUnavailable
   */
  async look(principal: Principal, action: CaseAction, caseId: string): Promise<SeenCase | undefined> {
    const { state, revision } = await this.runner.loadState(`case-${caseId}`, caseDecider);
    if (state.status === 'NOT_REGISTERED' || revision === 'no_stream') return undefined;
    const access = accessOf(state);
    return access !== undefined && mayOnCase(principal, action, access) ? { state, revision } : undefined;
  }
}
