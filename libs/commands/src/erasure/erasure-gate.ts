import { Injectable } from '@nestjs/common';
import { mayOnCase, type Asker } from '@spil/access';
import { caseDecider } from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';
import { accessOf } from '../desk/case-access.js';

/** Decides in which cases, among those in which the own organisation holds data, a privacy officer may know of that and end it. */
@Injectable()
export class ErasureGate {
  constructor(private readonly runner: DecisionRunner) {}

  /** Those of these cases that are open to the asker; one that was never registered shuts nobody out. @throws EventStoreUnavailable */
  async openTo(asker: Asker, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
    const open = await Promise.all(caseIds.map((caseId) => this.isOpen(asker, caseId)));
    return new Set(caseIds.filter((_, at) => open[at]));
  }

  private async isOpen(asker: Asker, caseId: string): Promise<boolean> {
    const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
    return state.status === 'NOT_REGISTERED' || mayOnCase(asker, 'FORGET_CLIENT', accessOf(state));
  }
}
