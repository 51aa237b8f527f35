import type { OtherPartysSide } from '../events.js';
import type { CaseFile, ConflictWallState } from '../state.js';

/** Walls that nobody lifted. */
export const standingWalls = (file: CaseFile): readonly ConflictWallState[] =>
  Object.values(file.walls).filter(({ lifted }) => lifted === null);

/** Whether two walls are against the same professional or organisation. */
export const isSameSide = (one: OtherPartysSide, other: OtherPartysSide): boolean =>
  'professionalId' in one
    ? 'professionalId' in other && one.professionalId === other.professionalId
    : 'organisationId' in other && one.organisationId === other.organisationId;
