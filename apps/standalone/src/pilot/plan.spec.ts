import fc from 'fast-check';
import { deskMinutes, instantAt } from './desk-time.js';
import { idOf } from './keys.js';
import { pilotPlan, pilotPlans } from './plan.js';
import { publishedFigures } from './published.js';
import { recount } from './recount.js';
import type { Account, PilotPlan, PilotStep } from './steps.js';

const seeds = [2021, 1, 7, 4096];
const stepsOf = (plan: PilotPlan): PilotStep[] => plan.cases.flatMap((each) => each.steps);
const registrationOf = ({ action }: PilotStep) =>
  action.do === 'registerCase'
    ? action.with
    : action.do === 'registerCaseWithConversation'
      ? action.with.registration
      : undefined;
const accountOf = ({ action }: PilotStep): Account | null => {
  if (action.do === 'recordConversation') return action.with.account;
  return action.do === 'registerCaseWithConversation' || action.do === 'registerCounterpart'
    ? action.with.account
    : null;
};

/** Every published count, and the counts that follow from percentages and other counts. */
function expectPublished(plan: PilotPlan): void {
  const figures = recount(plan);
  const counted = publishedFigures.filter((each) => each.count !== null);
  expect(counted.map(({ id }) => [id, figures.get(id) ?? 0])).toEqual(
    counted.map(({ id, count }) => [id, count]),
  );
  const implied = {
    'secondLine.response': 142,
    'secondLine.own': 52,
    'secondLine.direct': 6,
    'complete.VREEMDELINGENRECHT': 39,
    'complete.ARBEIDSRECHT': 28,
    'complete.SOCIALEZEKERHEIDSRECHT': 17,
    'complete.HUURRECHT': 19,
    'complete.VERBINTENISSENRECHT': 8,
    'complete.CONSUMENTENRECHT': 0,
    'complete.ANDERS': 6,
  };
  for (const [id, count] of Object.entries(implied)) expect([id, figures.get(id) ?? 0]).toEqual([id, count]);
  expect(plan.cases).toHaveLength(440);
  const relevances = [...figures.keys()].filter((id) => /^relevance\.firstLine\.[A-Z_]+$/.test(id));
  expect(relevances.filter((id) => id.includes('NOT_'))).toEqual([]);
}

describe.each(seeds)('the pilot drawn from seed %i', (seed) => {
  const plan = pilotPlan({ seed });

  it('has every published count at once', () => {
    expectPublished(plan);
  });

  it('opens each of the 440 cases once, 356 by the first line and 84 by lawyers', () => {
    const opened = plan.cases.map(({ steps }) => steps.filter((step) => registrationOf(step) !== undefined));
    expect(opened.every((steps, at) => steps.length === 1 && steps[0] === plan.cases[at]?.steps[0])).toBe(
      true,
    );
    const byLawyers = opened.flat().filter((step) => step.by.kind === 'ADVOCATUUR');
    expect(byLawyers).toHaveLength(84);
    for (const step of opened.flat()) {
      const line = step.by.kind === 'ADVOCATUUR' ? /^SECOND_LINE_/ : /^FIRST_LINE_/;
      expect(registrationOf(step)?.kind).toMatch(line);
    }
  });

  it('leaves the question of relevance open once, and asks no lawyer who responded', () => {
    const relevances = stepsOf(plan).flatMap((step) => {
      const registration = registrationOf(step);
      const own = registration?.signaleringRelevance;
      if (step.action.do === 'registerCounterpart')
        return [`counterpart ${step.by.kind} ${step.action.with.signaleringRelevance}`];
      return registration !== undefined && own?.startsWith('NOT_') === true
        ? [`${registration.kind} ${own}`]
        : [];
    });
    const tally = new Map<string, number>();
    for (const each of relevances) tally.set(each, (tally.get(each) ?? 0) + 1);
    expect(tally.get('counterpart ADVOCATUUR NOT_ASKED')).toBe(116);
    expect(tally.get('SECOND_LINE_RESPONSE_WITHOUT_CODE NOT_ASKED')).toBe(26);
    expect(tally.get('SECOND_LINE_CLIENT_CAME_DIRECTLY NOT_ANSWERED')).toBe(1);
    expect([...tally.values()].reduce((left, right) => left + right, 0)).toBe(116 + 26 + 1 + 1);
  });

  it('takes each case one step at a time, on working days in desk hours of the pilot', () => {
    const deskTimes = new Set(Array.from({ length: deskMinutes }, (_, minute) => instantAt(minute)));
    for (const { steps } of plan.cases) {
      steps.forEach((step, at) => {
        expect(deskTimes.has(step.at)).toBe(true);
        const before = steps[at - 1];
        if (before !== undefined) expect(step.at > before.at).toBe(true);
      });
    }
    const starts = plan.cases.map(({ steps }) => steps[0]?.at ?? '');
    expect(starts).toEqual(starts.toSorted());
  });

  it('records a contact before its account, and each side’s account once', () => {
    for (const { steps } of plan.cases) {
      const contact = steps.findIndex(({ action }) =>
        ['recordContact', 'registerCaseWithConversation'].includes(action.do),
      );
      const sides = steps.flatMap((step, at) => {
        if (accountOf(step) === null) return [];
        expect(contact >= 0 && at >= contact).toBe(true);
        const { action } = step;
        return [
          action.do === 'recordConversation' || action.do === 'registerCounterpart'
            ? action.with.side
            : 'OPENING',
        ];
      });
      expect(new Set(sides).size).toBe(sides.length);
      expect(sides.includes('OPENING') && sides.includes('ASKING')).toBe(false);
    }
  });

  it('rates 1 to 10 or not at all, about nine in ten with 7 or more, and asks only the asking side about a LAT', () => {
    const accounts = stepsOf(plan).flatMap((step) => accountOf(step) ?? []);
    const ratings = accounts.flatMap((each) => each.rating ?? []);
    expect(ratings.every((rating) => Number.isInteger(rating) && rating >= 1 && rating <= 10)).toBe(true);
    expect(ratings.length).toBeLessThan(accounts.length);
    const good = ratings.filter((rating) => rating >= 7).length / ratings.length;
    expect(good).toBeGreaterThan(0.83);
    expect(good).toBeLessThan(0.97);
    for (const step of stepsOf(plan)) {
      if (step.by.kind === 'ADVOCATUUR' || step.action.do === 'registerCounterpart') {
        expect(accountOf(step)?.latWithoutDesk ?? null).toBeNull();
      }
    }
  });

  it('never refers to the firm of the lawyer who was consulted, nor to the sender’s own organisation', () => {
    for (const { steps } of plan.cases) {
      const consulted = steps.flatMap(({ by, action }) => {
        if (action.do === 'registerCounterpart') return [by];
        const reached =
          action.do === 'registerCaseWithConversation'
            ? action.with.contact.reached
            : action.do === 'recordContact'
              ? action.with.reached
              : null;
        return reached === null ? [] : [reached];
      });
      for (const { by, action } of steps) {
        if (action.do !== 'referCase') continue;
        const { organisation } = action.with.to;
        expect(organisation).not.toBe(by.organisation);
        if (organisation.kind === 'ADVOCATUUR')
          expect(consulted.map((each) => each.organisation)).not.toContain(organisation);
      }
    }
  });

  it('has nobody call, consult or receive from themselves', () => {
    for (const { by, action } of stepsOf(plan)) {
      if (action.do === 'recordContact') expect(action.with.reached).not.toBe(by);
      if (action.do === 'registerCaseWithConversation') expect(action.with.contact.reached).not.toBe(by);
      if (action.do === 'offerHandover') expect(action.with.to).not.toBe(by);
      if (action.do === 'transferCoordinator') expect(action.with.to).not.toBe(by);
    }
    const amongColleagues = plan.cases.filter(({ steps }) =>
      steps.some(
        ({ by, action }) => action.do === 'registerCounterpart' && by.kind === 'SOCIAAL_RAADSLIEDEN',
      ),
    );
    expect(amongColleagues).toHaveLength(1);
    expect(new Set(amongColleagues[0]?.steps.map(({ by }) => by)).size).toBeGreaterThan(1);
  });

  it('looks alive: every kind of step occurs, and a client who is not self-reliant is never referred cold without a reason', () => {
    const kinds = new Set(stepsOf(plan).map(({ action }) => action.do));
    for (const kind of [
      'assessSelfReliance',
      'assignCoordinator',
      'referCase',
      'completeHandover',
      'closeCase',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    for (const { steps } of plan.cases) {
      const dependent = steps.some(
        ({ action }) => action.do === 'assessSelfReliance' && action.with.outcome === 'NOT_SELF_RELIANT',
      );
      for (const { action } of steps) {
        if (action.do !== 'referCase' || action.with.manner.warmth === 'WARM' || !dependent) continue;
        expect(action.with.manner.coldReason).not.toBeNull();
      }
    }
  });

  it('has plainly fictitious clients, professionals and organisations', () => {
    for (const step of stepsOf(plan)) {
      const client = registrationOf(step)?.client;
      if (client === undefined) continue;
      expect(client.name).toMatch(/^Testcliënt \d{4}$/);
      expect(client.phone).toMatch(/^06-0000\d{4}$/);
      expect(client.email).toMatch(/@example\.org$/);
    }
    for (const { email, phone } of plan.professionals) {
      expect(email).toMatch(/@example\.org$/);
      expect(phone).toMatch(/^06-09\d{6}$/);
    }
    for (const { name } of plan.organisations) expect(name).toMatch(/\(fictief\)$/);
  });
});

describe('the plan', () => {
  it('is the same every time', () => {
    expect(JSON.stringify(pilotPlan({ seed: 5, scale: 2 }))).toBe(
      JSON.stringify(pilotPlan({ seed: 5, scale: 2 })),
    );
  });

  it('differs from seed to seed', () => {
    expect(JSON.stringify(pilotPlan({ seed: 5 }))).not.toBe(JSON.stringify(pilotPlan({ seed: 6 })));
  });

  it('has every published count for any seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expectPublished(pilotPlan({ seed }));
      }),
      { numRuns: 40 },
    );
  });

  it('gives every step a command id that follows from its key, and no two the same', () => {
    const steps = stepsOf(pilotPlan({ scale: 3 }));
    expect(new Set(steps.map((step) => step.commandId)).size).toBe(steps.length);
    for (const step of steps.slice(0, 50)) expect(step.commandId).toBe(idOf(step.key));
  });

  it('repeats the shape with other people, clients and days', () => {
    const [first, second] = [...pilotPlans({ scale: 2 })];
    if (first === undefined || second === undefined) throw new Error('two copies were asked for');
    expectPublished(second);
    const emails = new Set(first.professionals.map((each) => each.email));
    expect(second.professionals.some((each) => emails.has(each.email))).toBe(false);
    const clients = (plan: PilotPlan) =>
      stepsOf(plan).flatMap((step) => registrationOf(step)?.client.name ?? []);
    expect(new Set([...clients(first), ...clients(second)]).size).toBe(880);
    const both = recount(pilotPlan({ scale: 2 }));
    for (const { id, count } of publishedFigures)
      if (count !== null) expect(both.get(id) ?? 0).toBe(2 * count);
  });

  it('refuses to be made no times', () => {
    expect(() => pilotPlan({ scale: 0 })).toThrow(RangeError);
  });
});
