import { Injectable } from '@nestjs/common';
import { mayOnCase, type Asker } from '@spil/access';
import { caseDecider, type CaseState, type KeptCase } from '@spil/domain';
import { DecisionRunner, KeyStore } from '@spil/event-store';
import { accessOf } from '../desk/case-access.js';

/** Which cases a request to erase means, and what an order on it decided. */
export interface ErasureScope {
  readonly clientId: string;
  readonly organisationId: string;
  /** The one case that is meant; null for every case of the client. */
  readonly caseId: string | null;
  /** Null while nothing is ordered. */
  readonly ordered: {
    readonly caseIds: readonly string[];
    readonly kept: readonly Pick<KeptCase, 'caseId'>[];
    readonly left?: readonly string[];
  } | null;
}

/** Decides in which cases, among those in which the own organisation holds data, a privacy officer may know of that and end it. */
@Injectable()
export class ErasureGate {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly keys: KeyStore,
  ) {}

  /**
   * The cases that a request is about and that are open to the asker; undefined when it is about no other than shut ones, so that there
   * is no such request for them. What was erased since counts on: that an answer changes by it would tell of a case that is not theirs.
   * @throws EventStoreUnavailable, KeyStoreUnavailable
   */
  async openIn(
    asker: Asker,
    { clientId, organisationId, caseId, ordered }: ErasureScope,
  ): Promise<ReadonlyMap<string, CaseState> | undefined> {
    const meant = caseId === null ? await this.keys.casesEverOf(clientId, organisationId) : [caseId];
    const decided = [...(ordered?.caseIds ?? []), ...(ordered?.left ?? [])];
    const kept = (ordered?.kept ?? []).map((one) => one.caseId);
    const about = [...new Set([...meant, ...decided, ...kept])];
    const open = await this.openTo(asker, about);
    return about.length > 0 && open.size === 0 ? undefined : open;
  }

  /**
   * Those of these cases that are open to the asker, as they stand; one that was never registered shuts nobody out.
   * @throws EventStoreUnavailable
   */
  async openTo(asker: Asker, caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseState>> {
    const cases = await Promise.all(
      caseIds.map(async (caseId) => {
        const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
        return [caseId, state] as const;
      }),
    );
    return new Map(cases.filter(([, state]) => isOpen(asker, state)));
  }
}

const isOpen = (asker: Asker, state: CaseState): boolean =>
  state.status === 'NOT_REGISTERED' || mayOnCase(asker, 'FORGET_CLIENT', accessOf(state));
