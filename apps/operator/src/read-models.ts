import { projectionNames } from '@spil/read-model';
import { allProjections } from '../../projection-worker/src/projections.js';
import type { Projection } from '../../projection-worker/src/runtime/projection.js';
import { UsageError } from './answer.js';

/** The read models that are meant: the one named, or all of them. @throws UsageError */
export function chosenReadModels(name: string | undefined, all: boolean | undefined): readonly Projection[] {
  if (all && name === undefined) return allProjections;
  const chosen = all ? undefined : allProjections.find((projection) => projection.name === name);
  if (chosen === undefined)
    throw new UsageError(`name one read model (${projectionNames.join(', ')}) or say --all`);
  return [chosen];
}

/** Lines of text in columns, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(cell.length, widest[at] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
