import { refuse, type Refusal } from '../../shared/refusal.js';
import { byId, type CaseFile, type ToevoegingState } from '../state.js';

/** An application that was not decided on yet, and that did happen. */
export const requestedToevoeging = (file: CaseFile, toevoegingId: string): ToevoegingState | Refusal => {
  const toevoeging = byId(file.toevoegingen, toevoegingId);
  if (toevoeging === undefined) return refuse('TOEVOEGING_NOT_FOUND', { field: 'toevoegingId' });
  return toevoeging.status === 'REQUESTED' && toevoeging.inError === null
    ? toevoeging
    : refuse('TOEVOEGING_NOT_OPEN', {
        facts: { status: toevoeging.status, inError: toevoeging.inError !== null },
      });
};
