import { Injectable } from '@nestjs/common';
import { isOfOrganisation, worksAsTokenSays, type Principal } from '@spil/access';
import { professionalDecider } from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';

/** Milliseconds that a look at whether someone still works there may be old. Who left loses reading within 5 s. */
const lookAgeMs = 4_000;

/** Tells who works where their token says, by reference data: a token outlives a job. */
@Injectable()
export class Staff {
  constructor(private readonly runner: DecisionRunner) {}

  /** People without an organisation always are who they are. @throws EventStoreUnavailable */
  async isInPlace(principal: Principal): Promise<boolean> {
    if (!isOfOrganisation(principal)) return true;
    const { state } = await this.runner.loadState(
      `professional-${principal.professionalId}`,
      professionalDecider,
      { maxAgeMs: lookAgeMs },
    );
    return state.status === 'ACTIVE' && worksAsTokenSays(principal, state.party);
  }
}
