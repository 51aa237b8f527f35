import { Injectable } from '@nestjs/common';
import { mayOnCase, type CaseAction } from '@spil/access';
import { accessOf } from '@spil/commands';
import { caseDecider, type RegisteredCase } from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';
import type { Asking } from '../auth/current-asker.js';
import { Staff } from '../auth/staff.js';
import { clientOf } from '../personal/personal-data.js';
import { sightOf, type CaseSight } from './case-sight.js';

/** A case as its stream tells it now. */
export interface SeenCase {
  readonly state: RegisteredCase;
  readonly revision: bigint;
  /** What of it the asker may see, as an answer of this name shows it. */
  readonly sightFor: (answer: string) => CaseSight;
}

/** Decides on the stream itself, not on a read model that may lag, what someone may do with one case. */
@Injectable()
export class CaseGate {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly staff: Staff,
  ) {}

  /**
   * The case as it stands, when the asker may do this with it; undefined when not, and in the same way when there is no such case.
   * @throws EventStoreUnavailable
   */
  async look(asking: Asking, action: CaseAction, caseId: string): Promise<SeenCase | undefined> {
    const [{ state, revision }, inPlace] = await Promise.all([
      this.runner.loadState(`case-${caseId}`, caseDecider),
      this.staff.isInPlace(asking.principal),
    ]);
    if (!inPlace || state.status === 'NOT_REGISTERED' || revision === 'no_stream') return undefined;
    const asker = { ...asking, at: new Date().toISOString() };
    const access = accessOf(state);
    if (!mayOnCase(asker, action, access)) return undefined;
    const may = (wanted: CaseAction): boolean => mayOnCase(asker, wanted, access);
    return {
      state,
      revision,
      sightFor: (answer) => sightOf(asking, may, clientOf(answer, state)),
    };
  }
}
