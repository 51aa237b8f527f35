import { performance } from 'node:perf_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { HeldUp } from './held-up.mjs';

/** Milliseconds within which there is an answer, were it that there can be none now. */
const ANSWER_MS = 3_000;

const organisationId = 'raadslieden';
const raadslied = {
  subject: 'account-raadslied-1',
  role: 'COORDINATOR',
  professionalId: 'raadslied-1',
  organisationId,
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'utrecht',
  mayImport: false,
};
const admin = { subject: 'account-admin', role: 'ADMIN', mayImport: false };
const registration = {
  registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
  channel: 'PHONE',
  primaryArea: 'HUURRECHT',
  clientMunicipality: 'GM0344',
  client: { name: 'Ada Voorbeeld (fictief)', phone: '06 00000000' },
};

/** An administrator sets up the one desk at which all of this happens. */
export async function settle(spil) {
  const details = { name: 'Fictieve raadslied', phone: '030 000 00 00' };
  for (const [mutation, input] of [
    [
      'registerLocation',
      {
        locationId: 'utrecht',
        name: 'Utrecht',
        municipalities: ['GM0344'],
        arrondissement: 'MIDDEN-NEDERLAND',
      },
    ],
    [
      'registerOrganisation',
      { organisationId, name: 'Raadslieden (fictief)', organisationKind: 'SOCIAAL_RAADSLIEDEN' },
    ],
    [
      'registerProfessional',
      { professionalId: 'raadslied-1', organisationId, locationId: 'utrecht', details },
    ],
  ]) {
    const { data, errors } = await spil.send(await spil.login(admin), mutation, {
      commandId: randomUUID(),
      ...input,
    });
    if (data?.step.__typename !== 'StepAccepted')
      throw new Error(`${mutation}: ${JSON.stringify({ data, errors })}`);
  }
}

/**
 * People at work: each opens cases and takes steps in them. What they were told is kept here, outside of the system; who was
 * told nothing sends the same command again until there is an answer, or, now and then, gives up.
 */
export class Workload {
  /** Per command id: mutation, what was answered (`accepted`, `refused`, `given up`), revision, position, and how often unanswered. */
  journal = new Map();
  /** Answers that contradict an earlier one, or that no fault excuses. */
  wrongAnswers = [];
  /** In milliseconds: of all answers, of those that said `UNAVAILABLE`. */
  slowest = { any: 0, unavailable: 0 };
  acknowledged = 0;
  #working = true;
  #heldUp = new HeldUp();
  #waiting = new Set();

  constructor(spil, random) {
    this.spil = spil;
    this.random = random;
  }

  /** Works until `stop`. */
  async run(people) {
    const heldUp = this.#heldUp.run();
    try {
      await Promise.all(Array.from({ length: people }, () => this.#person()));
    } finally {
      this.#heldUp.stop();
      await heldUp;
    }
  }

  stop() {
    this.#working = false;
  }

  /** Resolves once this many more commands are acknowledged that were sent from now on. */
  acknowledgements(count) {
    const from = performance.now();
    return new Promise((resolve) => {
      let left = count;
      const look = (sentAt) => {
        if (sentAt < from || --left > 0) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  async #person() {
    while (this.#working) {
      const opened = await this.#settled('registerCase', registration);
      if (opened?.outcome !== 'accepted') continue;
      for (let steps = 2 + this.random() * 6; steps > 0 && this.#working; steps--) await this.#step(opened);
    }
  }

  async #step({ id, input, revision }) {
    const assess = { caseId: id, outcome: 'PARTLY', wronglyAssumed: false };
    const chance = this.random();
    if (chance < 0.1) {
      // Somebody who looks at the case as it was before anything happened to it.
      const stale = await this.#settled('assessSelfReliance', { ...assess, expectedRevision: '99' });
      if (stale?.outcome === 'accepted')
        this.wrongAnswers.push(`a stale command was accepted at ${stale.revision}`);
    } else if (chance < 0.2) {
      const again = await this.#settled('registerCase', input);
      if (again && (again.outcome !== 'accepted' || again.revision !== revision))
        this.wrongAnswers.push(
          `a repeat was answered ${again.outcome} ${again.revision}, not accepted ${revision}`,
        );
    } else if (chance < 0.35) {
      await Promise.all([1, 2].map(() => this.#settled('assessSelfReliance', assess)));
    } else await this.#settled('assessSelfReliance', assess);
  }

  /** Sends a command until it is answered; undefined when its sender gave up. */
  async #settled(mutation, given) {
    const input = { commandId: randomUUID(), ...given };
    const patience = this.random() < 0.1 ? 1 : Infinity;
    const known = this.journal.get(input.commandId);
    const entry = known ?? { mutation, input, outcome: 'given up', unanswered: 0 };
    this.journal.set(input.commandId, entry);
    for (let tries = 0; tries < patience; tries++) {
      const login = await this.spil.login(raadslied);
      const sentAt = performance.now();
      const heldUpBefore = this.#heldUp.ms;
      const answer = await this.spil.send(login, mutation, input).catch(disconnected);
      this.#judgeTime(mutation, answer, performance.now() - sentAt, this.#heldUp.ms - heldUpBefore);
      const step = answer?.data?.step;
      if (step) {
        const outcome = step.__typename === 'StepAccepted' ? 'accepted' : 'refused';
        const told = { ...entry, ...step, outcome };
        if (known) return told;
        this.journal.set(input.commandId, told);
        if (outcome === 'accepted') {
          this.acknowledged += 1;
          for (const look of this.#waiting) look(sentAt);
        }
        return told;
      }
      entry.unanswered += 1;
      const { code, traceId } = answer?.errors?.[0]?.extensions ?? {};
      await pause(20 + this.random() * 80);
      if (answer && code !== 'UNAVAILABLE')
        this.wrongAnswers.push([JSON.stringify(answer), ...this.spil.printedOf(traceId)].join('\n    '));
    }
    return undefined;
  }

  /** `heldUp` is the part of the time in which this process could not look: it is not Spil's. */
  #judgeTime(mutation, answer, milliseconds, heldUp) {
    const what = codeOf(answer) ?? 'no answer';
    this.slowest.any = Math.max(this.slowest.any, milliseconds);
    if (what === 'UNAVAILABLE') this.slowest.unavailable = Math.max(this.slowest.unavailable, milliseconds);
    if (milliseconds - heldUp > ANSWER_MS)
      this.wrongAnswers.push(
        `${mutation}: ${what} after ${Math.round(milliseconds)} ms, of which this process was held up for ${Math.round(heldUp)}`,
      );
  }
}

const codeOf = (answer) => answer?.errors?.[0]?.extensions?.code ?? answer?.data?.step?.__typename;

/** No answer, as Spil was killed; only the client of HTTP gives its errors such a cause. */
function disconnected(error) {
  if (!(error instanceof TypeError && error.cause)) throw error;
  return undefined;
}
