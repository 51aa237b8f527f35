import type { Deviation } from './deviation.js';
import { deviationsElsewhere } from './deviations-elsewhere.js';
import { deviationsOfFigures } from './deviations-of-figures.js';

/** Every deviation found in the published texts, numbered. */
export const deviations: readonly Deviation[] = [...deviationsOfFigures, ...deviationsElsewhere].map(
  (deviation, at) => ({ id: `D${at + 1}`, ...deviation }),
);
