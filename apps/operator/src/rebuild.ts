import type { Projection } from '../../projection-worker/src/runtime/projection.js';
import { rebuildProjection, type Rebuilt } from '../../projection-worker/src/runtime/rebuild.js';
import { withProgressBar } from '../../standalone/src/progress-bar.js';
import { exitCodes, type Answer } from './answer.js';
import { columns } from './read-models.js';
import { ownerUrlOf, withEventStore, type Spil } from './spil.js';

/** Thousandths are fine enough for a bar. */
const whole = 1_000;

/** Fills read models anew beside the running ones and switches to them. */
export async function rebuild(spil: Spil, projections: readonly Projection[]): Promise<Answer> {
  const ownerUrl = ownerUrlOf(spil);
  return withEventStore(spil, async ({ store, codec }) => {
    const rebuilt: (Rebuilt & { readonly name: string })[] = [];
    for (const projection of projections) {
      const result = await withProgressBar(projection.name.padEnd(10), undefined, (progress) => {
        progress(0, whole);
        return rebuildProjection(projection, {
          store,
          codec,
          ownerUrl,
          onProgress: (share) => progress(Math.round(share * whole), whole),
        });
      });
      rebuilt.push({ name: projection.name, ...result });
    }
    return {
      exit: exitCodes.ok,
      json: { rebuilt },
      text: columns(
        rebuilt.map(({ name, events, generation }) => [
          name,
          `${events} events`,
          `now generation ${generation}`,
        ]),
      ),
    };
  });
}
