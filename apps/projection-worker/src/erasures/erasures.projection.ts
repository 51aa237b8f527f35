import type { ErasureEvent } from '@spil/domain';
import { erasureTable, type ErasureDocument } from '@spil/read-model';
import { projection, type EventMap, type Folded } from '../runtime/projection.js';

const steps: EventMap<ErasureDocument, never, ErasureEvent> = {
  ErasureRequested: (_document, { event }) => ({
    document: {
      erasureId: event.erasureId,
      clientId: event.clientId,
      organisationId: event.organisationId,
      ground: event.ground,
      identityCheck: event.identityCheck,
      caseId: event.caseId,
      state: 'REQUESTED',
      requestedBy: event.requestedBy,
      requestedAt: event.occurredAt,
      answerBy: event.answerBy,
      refused: null,
      postponed: null,
      ordered: null,
      completed: null,
    },
  }),
  ErasureRefused: (document, { event: { ground, left, refusedBy, occurredAt } }) =>
    changed(document, {
      state: 'REFUSED',
      refused: { ground, by: refusedBy, at: occurredAt, ...(left && { left }) },
    }),
  ErasurePostponed: (document, { event: { ground, until, postponedBy, occurredAt } }) =>
    changed(document, { state: 'POSTPONED', postponed: { ground, until, by: postponedBy, at: occurredAt } }),
  ErasureOrdered: (document, { event: { caseIds, kept, left, orderedBy, occurredAt } }) =>
    changed(document, {
      state: 'ORDERED',
      ordered: { by: orderedBy, at: occurredAt, caseIds, kept, ...(left && { left }) },
    }),
  ErasureCompleted: (document, { event: { destroyed, backupsUntil, occurredAt } }) =>
    changed(document, { state: 'COMPLETED', completed: { at: occurredAt, destroyed, backupsUntil } }),
};

function changed(
  document: ErasureDocument | undefined,
  change: Partial<ErasureDocument>,
): Folded<ErasureDocument, never> {
  if (!document) throw new Error('the erasure begins with something else than its request');
  return { document: { ...document, ...change } };
}

/** Requests to erase and what became of them: one row each. */
export const erasuresProjection = projection<ErasureDocument, never, ErasureEvent>({
  name: 'erasure',
  on: steps,
  documents: {
    table: erasureTable,
    key: 'erasureId',
    document: 'document',
    keyOf: (stream) => stream.slice('erasure-'.length),
  },
  tabulate: (changes) => [
    {
      table: erasureTable,
      rows: changes.map(({ after }) => ({
        erasureId: after.erasureId,
        organisationId: after.organisationId,
        state: after.state,
        requestedAt: new Date(after.requestedAt),
        document: after,
      })),
    },
  ],
});
