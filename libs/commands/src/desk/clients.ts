import { Injectable } from '@nestjs/common';
import { mayOnCase, type Principal } from '@spil/access';
import { caseDecider } from '@spil/domain';
import { DecisionRunner, KeyStore } from '@spil/event-store';
import { accessOf } from './case-access.js';

/** Clients, found by the keys that protect their data: a client of whom nothing is held is unknown. */
@Injectable()
export class Clients {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly keys: KeyStore,
  ) {}

  /** Whether this principal may see a case of the client, and so may know of the client at all. @throws KeyStoreUnavailable */
  async isKnownTo(principal: Principal, clientId: string): Promise<boolean> {
    for (const caseId of await this.keys.casesOf(clientId)) {
      const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
      const access = state.status === 'NOT_REGISTERED' ? undefined : accessOf(state);
      if (access !== undefined && mayOnCase(principal, 'SEE_CASE', access)) return true;
    }
    return false;
  }
}
