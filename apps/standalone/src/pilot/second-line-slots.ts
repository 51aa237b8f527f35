import { expand } from './apportion.js';
import { locationNames, secondLineRelevanceByLocation } from './published-tables.js';
import type { LocationName } from './published-tables.js';
import type { Random } from './random.js';

/**
 * Where the lawyer sits who answers a complete registration, by the location of the first line. Parties sit in their
 * own location, but for Zwolle and Walcheren lawyers from elsewhere took part (R footnote 5): Zwolle has 16 complete
 * registrations and only 14 lawyers' registrations, 9 of them lawyers' own (R tables 2.3 and 2.4, figure 2.5).
 */
export const answeredFrom: Readonly<Record<LocationName, Partial<Record<LocationName, number>>>> = {
  AMSTERDAM: { AMSTERDAM: 52 },
  NIJMEGEN: { NIJMEGEN: 2 },
  UTRECHT: { UTRECHT: 24 },
  WALCHEREN: { WALCHEREN: 18, AMSTERDAM: 3, UTRECHT: 1 },
  ZWOLLE: { ZWOLLE: 4, AMSTERDAM: 7, UTRECHT: 3, NIJMEGEN: 2 },
};

/**
 * Responses to a conversation that no code links, by the lawyer's location: 142 responses (71% of 200, R 2.3.2) less
 * the 116 linked ones; Amsterdam and Zwolle fill up to their published 95 and 14, the rest is ours.
 */
export const unlinkedResponses: Readonly<Record<LocationName, number>> = {
  AMSTERDAM: 12,
  NIJMEGEN: 3,
  UTRECHT: 6,
  WALCHEREN: 4,
  ZWOLLE: 1,
};

/** One own registration left the question of relevance open: 58 own ones, 57 answers (R table 2.3). */
const unansweredAt = 'UTRECHT' satisfies LocationName;

/** Lawyers' own registrations for which the client came directly: 3% of 200 (R 2.3.2), the unanswered one among them. */
const clientsWhoCameDirectly = 6;

/** A case that a lawyer registered, outside the first line's cases. */
export interface SecondLineSlot {
  readonly location: LocationName;
  readonly kind:
    'SECOND_LINE_RESPONSE_WITHOUT_CODE' | 'SECOND_LINE_OWN_SIGNALERING' | 'SECOND_LINE_CLIENT_CAME_DIRECTLY';
  readonly relevance: 'YES' | 'NO' | 'NOT_ANSWERED' | 'NOT_ASKED';
}

/** The 84 lawyers' cases of their own. */
export function secondLineSlots(random: Random): SecondLineSlot[] {
  const answered = random.shuffled(
    locationNames.flatMap((location) => {
      const { yes, no } = secondLineRelevanceByLocation[location];
      return expand({ YES: yes, NO: no }).map((relevance) => ({ location, relevance }));
    }),
  );
  return [
    { location: unansweredAt, relevance: 'NOT_ANSWERED', kind: 'SECOND_LINE_CLIENT_CAME_DIRECTLY' },
    ...answered.map((own, at): SecondLineSlot => ({
      ...own,
      kind:
        at < clientsWhoCameDirectly - 1 ? 'SECOND_LINE_CLIENT_CAME_DIRECTLY' : 'SECOND_LINE_OWN_SIGNALERING',
    })),
    ...expand(unlinkedResponses).map((location): SecondLineSlot => ({
      location,
      relevance: 'NOT_ASKED',
      kind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
    })),
  ];
}
