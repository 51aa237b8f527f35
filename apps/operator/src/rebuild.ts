import { withProgressBar } from '@spil/progress';
import type { Projection } from '../../projection-worker/src/runtime/projection.js';
import { rebuildProjection, type Rebuilt } from '../../projection-worker/src/runtime/rebuild.js';
import { RebuildRefused, whyNotRebuilt } from '../../projection-worker/src/runtime/rebuild-refused.js';
import { exitCodes, type Answer } from './answer.js';
import { columns } from './read-models.js';
import { ownerUrlOf, withEventStore, type Spil } from './spil.js';

/** Thousandths are fine enough for a bar. */
const whole = 1_000;

/** A read model of which the running tables stay. */
interface Refused extends Partial<Pick<RebuildRefused, 'comparedWith' | 'tables' | 'unfoldable'>> {
  readonly name: string;
  readonly error: string;
}

/** Fills read models anew beside the running ones, compares them, and switches to those that are as their events make them. */
export async function rebuild(spil: Spil, projections: readonly Projection[]): Promise<Answer> {
  const ownerUrl = ownerUrlOf(spil);
  return withEventStore(spil, async ({ store, codec }) => {
    const rebuilt: (Rebuilt & { readonly name: string })[] = [];
    const refused: Refused[] = [];
    for (const projection of projections) {
      try {
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
      } catch (error) {
        const because = whyNotRebuilt(error);
        if (because === undefined) throw error;
        refused.push({ name: projection.name, error: because, ...differences(error) });
      }
    }
    return {
      exit: refused.length > 0 ? exitCodes.failed : exitCodes.ok,
      json: { rebuilt, refused },
      text: [
        columns(
          rebuilt.map(({ name, events, generation, corrected, seconds }) => [
            name,
            `${events} events`,
            `now generation ${generation}`,
            `filled in ${seconds.fill.toFixed(1)} s, compared in ${seconds.compare.toFixed(1)} s`,
            corrected > 0 ? `put ${corrected} wrong rows right` : '',
          ]),
        ),
        ...refused.map(({ name, error }) => `NOT SWITCHED: ${name}: ${error}`),
      ].join('\n'),
    };
  });
}

/** Of what a rebuild was refused for. */
function differences(error: unknown): Pick<Refused, 'comparedWith' | 'tables' | 'unfoldable'> {
  if (!(error instanceof RebuildRefused)) return {};
  const { comparedWith, tables, unfoldable } = error;
  return { comparedWith, tables, unfoldable };
}
