import type { ProjectionName } from '@spil/read-model';
import { rowNamed, type TableVerdict } from './compare-tables.js';
import type { Unfoldable } from './fresh-fold.js';
import { describe, isFaultOfEvent, PoisonEvent } from './generation-writer.js';

/** What a new generation was found to differ from. */
export type ComparedWith = 'events' | 'running generation';

const rowsNamed = 5;

/** A new generation is not what it should be, so the running one stays. */
export class RebuildRefused extends Error {
  constructor(
    readonly projection: ProjectionName,
    readonly comparedWith: ComparedWith,
    readonly tables: readonly TableVerdict[],
    readonly unfoldable: readonly Unfoldable[] = [],
  ) {
    const differences = tables.reduce((sum, table) => sum + table.differences, unfoldable.length);
    const named = [...tables.flatMap(rowsOf), ...unfoldable.map(streamOf)].slice(0, rowsNamed);
    const more = differences - named.length;
    const reference =
      comparedWith === 'events'
        ? 'a fresh fold of the events'
        : 'the running one, which is as the events make it,';
    super(
      `the rebuild of '${projection}' was not switched to, and the running generation stays: the new one differs from ${reference} ` +
        `in ${differences} places: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Rebuild it again; when that is ` +
        'refused too, check the disk and the memory of the read database, and report these rows with the release',
    );
    this.name = 'RebuildRefused';
  }
}

/** Why one read model could not be rebuilt, while others can; undefined for what stands in the way of all, such as a lost database. */
export function whyNotRebuilt(error: unknown): string | undefined {
  if (error instanceof RebuildRefused || error instanceof PoisonEvent) return error.message;
  return isFaultOfEvent(error) ? `its rebuild failed: ${describe(error)}` : undefined;
}

const rowsOf = ({ table, examples }: TableVerdict): string[] =>
  examples.map((difference) => `${table} ${rowNamed(difference)}`);

const streamOf = ({ stream, revision, error }: Unfoldable): string =>
  `${stream} cannot be folded from revision ${revision} on: ${error}`;
