import fc from 'fast-check';
import {
  completeByPair,
  completeRegistrations,
  contactOutcome,
  contactsByPair,
  conversationsSought,
  handovers,
  latAnswers,
  leadTimes,
  ratings,
  registrations,
  registrationsByKind,
  relevance,
  usersByKind,
  type FigureFilter,
} from '@spil/read-model';
import type { StoredEvent } from '@spil/event-store';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { figuresProjection } from './figures.projection.js';
import { naiveFigures } from '../../../../test/support/figures/naive-figures.js';
import { anyFilter, anyLog } from '../../../../test/support/figures/random-histories.js';

describe('governance figures', () => {
  let readModel: TestReadModel;

  beforeAll(async () => {
    readModel = await freshReadModel();
  });

  afterAll(() => readModel.drop());

  it('equals a count over the events, for every figure, whatever happened, filtered, corrected and as of any moment', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, fc.array(anyFilter, { minLength: 6, maxLength: 6 }), async (log, filters) => {
        await projected(readModel, figuresProjection, log, { deliveries: 2 });
        for (const filter of filters) {
          const asked = onLog(filter, log);
          expect({ asked, figures: await allFigures(asked) }).toEqual({
            asked,
            figures: naiveFigures(log, asked),
          });
        }
      }),
      { numRuns: 25 },
    );
  });

  const allFigures = async (filter: FigureFilter): Promise<Record<string, unknown>> => {
    const { db } = readModel;
    return {
      users: await usersByKind(db, filter),
      registrationsByOrganisationKind: await registrations(db, filter, 'ORGANISATION_KIND'),
      registrationsByLocation: await registrations(db, filter, 'LOCATION'),
      registrationsByArea: await registrations(db, filter, 'AREA'),
      registrationsByKind: await registrationsByKind(db, filter),
      relevanceByLocation: await relevance(db, filter, 'LOCATION'),
      relevanceByArea: await relevance(db, filter, 'AREA'),
      completeByLocation: await completeRegistrations(db, filter, 'LOCATION'),
      completeByArea: await completeRegistrations(db, filter, 'AREA'),
      completeByPair: await completeByPair(db, filter),
      conversationsSought: await conversationsSought(db, filter),
      contactsByPair: await contactsByPair(db, filter),
      contactOutcome: await contactOutcome(db, filter),
      latAnswers: await latAnswers(db, filter),
      ratings: await ratings(db, filter),
      handovers: await handovers(db, filter),
      leadTimes: (await leadTimes(db, filter)).map(({ lead, count, median, p90 }) => ({
        lead,
        count,
        median: median?.from ?? null,
        p90: p90?.from ?? null,
      })),
    };
  };
});

/** A filter with its as-of moment placed on the log: `asOf` counts from the first event on. */
const onLog = (
  { asOfShare, ...filter }: FigureFilter & { readonly asOfShare: number | undefined },
  log: readonly StoredEvent[],
): FigureFilter => {
  const first = log[0]?.storedAt.getTime() ?? 0;
  const last = Math.max(...log.map(({ storedAt }) => storedAt.getTime()), first);
  return {
    ...filter,
    ...(asOfShare !== undefined && { asOf: new Date(Math.round(first + (last - first) * asOfShare)) }),
  };
};
