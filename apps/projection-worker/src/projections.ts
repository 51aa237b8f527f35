import { accessProjection } from './access/access.projection.js';
import { casesProjection } from './cases/cases.projection.js';
import { erasuresProjection } from './erasures/erasures.projection.js';
import { figuresProjection } from './figures/figures.projection.js';
import { referenceProjection } from './reference/reference.projection.js';
import { retentionProjection } from './retention/retention.projection.js';
import type { Projection } from './runtime/projection.js';
import { timelineProjection } from './timeline/timeline.projection.js';

/** Every read model that this worker keeps. */
export const allProjections: readonly Projection[] = [
  accessProjection,
  casesProjection,
  timelineProjection,
  referenceProjection,
  figuresProjection,
  erasuresProjection,
  retentionProjection,
];
