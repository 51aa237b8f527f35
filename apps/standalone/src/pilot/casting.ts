import { expand } from './apportion.js';
import type { LocationName, PilotKind } from './published-tables.js';
import { locationNames, pilotKinds } from './published-tables.js';
import { people, userSpread } from './reference-data.js';
import type { FirstLineSlot } from './first-line-slots.js';
import { answeredFrom, type SecondLineSlot } from './second-line-slots.js';
import type { PilotOrganisation, PilotProfessional } from './steps.js';
import type { Random } from './random.js';

/** Who may be called upon in one copy of the pilot. */
export interface Cast {
  readonly everyone: readonly PilotProfessional[];
  at(location: LocationName, kind: PilotKind): readonly PilotProfessional[];
  /** Someone of that kind at that location, not one of the excepted people nor, for lawyers, of their firms. */
  someone(
    random: Random,
    location: LocationName,
    kind: PilotKind,
    except: readonly PilotProfessional[],
  ): PilotProfessional;
}

/** The people of one copy. */
export function castOf(copy: number): Cast {
  const everyone = people(copy);
  const places = new Map<string, PilotProfessional[]>();
  for (const location of locationNames) {
    for (const kind of pilotKinds) {
      places.set(
        `${location} ${kind}`,
        everyone.filter((person) => person.kind === kind && person.location.code === location),
      );
    }
  }
  const at = (location: LocationName, kind: PilotKind) => places.get(`${location} ${kind}`) ?? [];
  return {
    everyone,
    at,
    someone: (random, location, kind, except) => {
      const taken: readonly (PilotProfessional | PilotOrganisation)[] = except.flatMap((person) =>
        kind === 'ADVOCATUUR' ? [person, person.organisation] : [person],
      );
      return random.pick(
        at(location, kind).filter(
          (person) => !taken.includes(person) && !taken.includes(person.organisation),
        ),
      );
    },
  };
}

/** A first-line case with the people in it; the answering lawyer or colleague only where it is complete. */
export interface FirstLineRole {
  readonly slot: FirstLineSlot;
  readonly by: PilotProfessional;
  readonly answeredBy: { readonly person: PilotProfessional; readonly slot: FirstLineSlot | null } | null;
}

/** A lawyer's own case with the lawyer. */
export interface SecondLineRole {
  readonly slot: SecondLineSlot;
  readonly by: PilotProfessional;
}

/** Gives every registration its professional, so that exactly the active users register and each at least once. */
export function assignPeople(
  random: Random,
  cast: Cast,
  first: readonly FirstLineSlot[],
  second: readonly SecondLineSlot[],
): { firstLine: FirstLineRole[]; secondLine: SecondLineRole[] } {
  const answers = answeringLocations(random.fork('answers'), first);
  const lawyerLocations = [...answers.values(), ...second.map((slot) => slot.location)];
  const queues = new Map<string, PilotProfessional[]>();
  for (const location of locationNames) {
    for (const kind of pilotKinds) {
      const count =
        kind === 'ADVOCATUUR'
          ? lawyerLocations.filter((each) => each === location).length
          : first.filter((slot) => slot.by === kind && slot.location === location).length;
      const active = cast.at(location, kind).slice(0, userSpread[kind][location].active);
      queues.set(`${location} ${kind}`, workload(random.fork(`${location} ${kind}`), active, count));
    }
  }
  const next = (location: LocationName, kind: PilotKind, except?: PilotProfessional): PilotProfessional => {
    const queue = queues.get(`${location} ${kind}`) ?? [];
    const [person] = queue.splice(
      queue.findIndex((each) => each !== except),
      1,
    );
    if (person === undefined) throw new Error(`nobody left at ${location} ${kind}`);
    return person;
  };

  const consulted = first.find((slot) => slot.contacting.kind === 'WAS_CONSULTED');
  const firstLine = first
    // The case among colleagues goes first, while its queue still holds two different people.
    .toSorted((left, right) => Number(isAmongColleagues(right)) - Number(isAmongColleagues(left)))
    .filter((slot) => slot !== consulted)
    .map((slot): FirstLineRole => {
      const by = next(slot.location, slot.by);
      if (!slot.complete) return { slot, by, answeredBy: null };
      if (isAmongColleagues(slot) && consulted !== undefined) {
        return { slot, by, answeredBy: { person: next(slot.location, slot.by, by), slot: consulted } };
      }
      const from = answers.get(slot);
      if (from === undefined) throw new Error('a complete registration without a lawyer');
      return { slot, by, answeredBy: { person: next(from, 'ADVOCATUUR'), slot: null } };
    });
  const secondLine = second.map((slot) => ({ slot, by: next(slot.location, 'ADVOCATUUR') }));
  return { firstLine, secondLine };
}

const isAmongColleagues = (slot: FirstLineSlot): boolean =>
  slot.complete && slot.contacting.kind === 'SPOKE' && slot.contacting.with !== 'ADVOCATUUR';

/** For each complete registration with a lawyer, where that lawyer sits. */
function answeringLocations(
  random: Random,
  first: readonly FirstLineSlot[],
): Map<FirstLineSlot, LocationName> {
  const answers = new Map<FirstLineSlot, LocationName>();
  for (const location of locationNames) {
    const asked = first.filter(
      (slot) => slot.complete && slot.location === location && !isAmongColleagues(slot),
    );
    const from = random.shuffled(expand(answeredFrom[location] as Record<LocationName, number>));
    if (from.length !== asked.length)
      throw new Error(`${asked.length} complete at ${location}, ${from.length} answers`);
    asked.forEach((slot, at) => answers.set(slot, from[at] as LocationName));
  }
  return answers;
}

/** A random order of people in which each occurs at least once and a few much more often, as registering went (R 2.2). */
function workload(random: Random, active: readonly PilotProfessional[], count: number): PilotProfessional[] {
  if (count < active.length) throw new Error(`${active.length} active users for ${count} registrations`);
  const weights = active.map((person): [PilotProfessional, number] => [person, random.pick([1, 1, 2, 3, 6])]);
  const more = Array.from({ length: count - active.length }, () => random.weighted(weights));
  return random.shuffled([...active, ...more]);
}
