import type { Principal } from '@spil/access';
import { cast, settle } from '../support/cast.js';
import { accepted, firstLineCase, type Accepted } from '../support/casework.js';
import { startSpil, type RunningSpil } from '../support/spil.js';
import { post, subscribeOnce, type Outcome } from './transports.js';

/** The name of the client whom nobody may hear of. */
export const canary = 'Kanarie van der Aanval';

/** A system under attack, and what one attacks it with. */
export interface Attack {
  readonly spil: RunningSpil;
  /** A case of the raadslieden at Utrecht, and another one of the same people. */
  readonly theirs: Accepted;
  readonly other: Accepted;
  readonly register: (principal: Principal, change?: object) => Promise<Accepted>;
  readonly byHttp: (who: Principal, body: unknown) => Promise<Outcome>;
  readonly bySocket: (who: Principal, payload: unknown) => Promise<Outcome>;
  /** Notes the time, and that nothing was said that nobody may hear. */
  readonly told: (name: string, outcome: Outcome) => string;
}

/** Starts one system for the tests of a file. How long each refusal took is printed when they are over, and decides nothing. */
export function underAttack(): Attack {
  let spil: RunningSpil;
  let theirs: Accepted;
  let other: Accepted;
  const times: [string, number][] = [];
  const register = (principal: Principal, change: object = {}) =>
    accepted(spil, principal, 'registerCase', { ...firstLineCase, client: { name: canary }, ...change });

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
    theirs = await register(cast.raadslied);
    other = await register(cast.raadslied);
  }, 120_000);
  afterAll(async () => {
    console.info(times.map(([name, ms]) => `${ms.toFixed(1).padStart(8)} ms  ${name}`).join('\n'));
    await spil.stop();
    await spil.clean();
  });

  return {
    get spil() {
      return spil;
    },
    get theirs() {
      return theirs;
    },
    get other() {
      return other;
    },
    register,
    byHttp: async (who, body) => post(spil.graphqlUrl, await spil.tokenOf(who), body),
    bySocket: async (who, payload) => subscribeOnce(spil.graphqlUrl, await spil.tokenOf(who), payload),
    told: (name, outcome) => {
      times.push([name, outcome.ms]);
      expect(outcome.text).not.toMatch(/node_modules|stacktrace|SELECT |Did you mean/);
      expect(outcome.text).not.toContain(canary);
      return outcome.code;
    },
  };
}
