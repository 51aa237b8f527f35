import type { LatAnswer } from '@spil/domain';
import { expand } from './apportion.js';
import { CaseScript } from './case-script.js';
import { assignPeople, castOf } from './casting.js';
import { firstMinuteOn } from './desk-time.js';
import { writeFirstLineCase } from './first-line-case.js';
import { firstLineSlots } from './first-line-slots.js';
import { followUpFirstLine, followUpSecondLine } from './follow-up.js';
import { lat } from './published-tables.js';
import { Random } from './random.js';
import { locations, organisations, policies } from './reference-data.js';
import { writeSecondLineCase } from './second-line-case.js';
import { secondLineSlots } from './second-line-slots.js';
import type { PilotCase, PilotPlan } from './steps.js';

export interface PilotOptions {
  /** How often the shape of the pilot is repeated, with other professionals, clients and days; 1 is the pilot itself. */
  readonly scale?: number;
  readonly seed?: number;
}

/** The seed of the data set that `npm start` loads and whose figures the docs page shows. */
export const pilotSeed = 2021;

/** Registering without a conversation became possible only in the course of the pilot (R 1.5, R 2.3.2); when is ours. */
const ownRegistrationsFrom = firstMinuteOn('2020-11-02');

/**
 * A pilot-shaped history: fictitious people and questions, and every published count of the evaluation at once
 * (R chapter 2). The same options give the same plan, to the last character.
 */
export function pilotPlan(options: PilotOptions = {}): PilotPlan {
  const copies = [...pilotPlans(options)];
  const starts = (one: PilotCase): string => one.steps[0]?.at ?? '';
  return {
    locations: Object.values(locations),
    organisations,
    policies,
    professionals: copies.flatMap((copy) => copy.professionals),
    cases: copies.flatMap((copy) => copy.cases).sort((left, right) => compare(starts(left), starts(right))),
  };
}

/** The same, one copy at a time, so that a large volume need not be held at once. */
export function* pilotPlans({ scale = 1, seed = pilotSeed }: PilotOptions = {}): Generator<PilotPlan> {
  if (!Number.isInteger(scale) || scale < 1)
    throw new RangeError('scale must be a whole number of at least 1');
  for (let copy = 0; copy < scale; copy += 1) yield onePilot(seed, copy);
}

function onePilot(seed: number, copy: number): PilotPlan {
  const key = `pilot/${seed}/${copy}`;
  const random = new Random(key);
  const cast = castOf(copy);
  const firstLine = firstLineSlots(random.fork('first-line'));
  const secondLine = random.fork('order').shuffled(secondLineSlots(random.fork('second-line')));
  const roles = assignPeople(random.fork('people'), cast, firstLine, secondLine);
  const complete = roles.firstLine.filter((role) => role.slot.complete).length;
  const notAnswered = complete - lat.yes - lat.no;
  const latAnswers: LatAnswer[] = random
    .fork('lat')
    .shuffled(expand({ YES: lat.yes, NO: lat.no, NOT_ANSWERED: notAnswered }));

  const count = roles.firstLine.length + roles.secondLine.length;
  const cases: { start: number; case: PilotCase }[] = [];
  const write = (
    earliest: number,
    content: (script: CaseScript, random: Random, clientNumber: number) => void,
  ): void => {
    const number = cases.length + 1;
    const script = new CaseScript(`${key}/case-${String(number).padStart(4, '0')}`);
    const own = random.fork(`case-${number}`);
    content(script, own, copy * count + number);
    cases.push(script.schedule(own.fork('start'), earliest));
  };

  for (const role of roles.firstLine) {
    const sought = role.slot.contacting.kind !== 'SOUGHT_NOBODY';
    write(sought ? 0 : ownRegistrationsFrom, (script, own, clientNumber) => {
      const latAnswer = role.slot.complete ? (latAnswers.pop() ?? null) : null;
      const consulted = writeFirstLineCase(script, own, cast, role, clientNumber, latAnswer);
      followUpFirstLine({ script, random: own.fork('follow-up'), cast, by: role.by, consulted });
    });
  }
  for (const role of roles.secondLine) {
    const response = role.slot.kind === 'SECOND_LINE_RESPONSE_WITHOUT_CODE';
    write(response ? 0 : ownRegistrationsFrom, (script, own, clientNumber) => {
      writeSecondLineCase(script, own, role, clientNumber);
      followUpSecondLine({ script, random: own.fork('follow-up'), cast, by: role.by, consulted: null });
    });
  }
  return {
    locations: Object.values(locations),
    organisations,
    policies,
    professionals: cast.everyone,
    cases: cases.sort((left, right) => left.start - right.start).map((each) => each.case),
  };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
