import { Injectable } from '@nestjs/common';
import type { Asker } from '@spil/access';
import { caseDecider } from '@spil/domain';
import { DecisionRunner, KeyStore } from '@spil/event-store';
import { CaseAdmission } from './case-admission.js';

/** Clients, found by the keys that protect their data: a client of whom nothing is held is unknown. */
@Injectable()
export class Clients {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly keys: KeyStore,
    private readonly admission: CaseAdmission,
  ) {}

  /** Whether the asker may see a case of the client, and so may know of the client at all. @throws KeyStoreUnavailable */
  async isKnownTo(asker: Asker | undefined, clientId: string): Promise<boolean> {
    if (asker === undefined) return false;
    for (const caseId of await this.keys.casesOf(clientId)) {
      const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
      if (state.status !== 'NOT_REGISTERED' && this.admission.admits(asker, 'SEE_CASE', state)) return true;
    }
    return false;
  }
}
