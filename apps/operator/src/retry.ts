import { parkedStreams } from '@spil/read-model';
import { allProjections } from '../../projection-worker/src/projections.js';
import { retryParked, type RetryResult } from '../../projection-worker/src/runtime/retry-parked.js';
import { exitCodes, type Answer } from './answer.js';
import { withClock } from './progress-bar.js';
import { withEventStore, withReadModels, type Spil } from './spil.js';

/** Takes a parked stream in again, in every read model that parked it. */
export async function retry(spil: Spil, stream: string): Promise<Answer> {
  const parked = await withReadModels(spil, (database) => parkedStreams(database));
  const names = new Set(parked.filter((one) => one.stream === stream).map(({ projection }) => projection));
  if (names.size === 0)
    return {
      exit: exitCodes.failed,
      json: { stream, results: [] },
      text: `${stream} is not parked; spil status names what is`,
    };
  return withEventStore(spil, async ({ store, codec }) => {
    const results: (RetryResult & { readonly projection: string })[] = [];
    for (const projection of allProjections.filter(({ name }) => names.has(name))) {
      const result = await withClock(`${projection.name}: taking ${stream} in`, () =>
        retryParked(projection, stream, { store, codec, url: spil.readUrl }),
      );
      results.push({ projection: projection.name, ...result });
    }
    const still = results.some(({ kind }) => kind === 'stillParked');
    return {
      exit: still ? exitCodes.failed : exitCodes.ok,
      json: { stream, results },
      text: results.map((result) => `${result.projection}: ${saying(result)}`).join('\n'),
    };
  });
}

function saying(result: RetryResult): string {
  switch (result.kind) {
    case 'resumed':
      return `goes on, with ${result.events} events taken in`;
    case 'stillParked':
      return `STILL PARKED: ${result.error}`;
    case 'notParked':
      return 'went on meanwhile';
  }
}
