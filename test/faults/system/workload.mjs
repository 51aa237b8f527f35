import { performance } from 'node:perf_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

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
    const { data, errors } = await spil.send(admin, mutation, { commandId: randomUUID(), ...input });
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
  slowestMs = 0;
  acknowledged = 0;
  #working = true;
  #waiting = new Set();

  constructor(spil, random) {
    this.spil = spil;
    this.random = random;
  }

  /** Works until `stop`. */
  async run(people) {
    await Promise.all(Array.from({ length: people }, () => this.#person()));
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
      const sentAt = performance.now();
      const answer = await this.spil.send(raadslied, mutation, input).catch(() => undefined);
      this.slowestMs = Math.max(this.slowestMs, performance.now() - sentAt);
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
}
