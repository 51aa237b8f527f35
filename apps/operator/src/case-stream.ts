import type { CaseEvent } from '@spil/domain';
import {
  isUnknownEvent,
  type Codec,
  type EventStore,
  type RecordedEvent,
  type StoredEvent,
} from '@spil/event-store';
import { UsageError } from './answer.js';

/** How a case id looks. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws UsageError unless these name a case and a moment */
export function checkCaseAt(caseId: string, asOf: string | undefined): void {
  if (!uuid.test(caseId)) throw new UsageError(`'${caseId}' is no case id: that is a UUID`);
  if (asOf !== undefined && Number.isNaN(Date.parse(asOf)))
    throw new UsageError(`'${asOf}' is no moment: write it like 2021-03-31 or 2021-03-31T09:30:00Z`);
}

/** An event of a case; `recorded` is undefined for one that this release does not know. */
export interface CaseStreamEvent {
  readonly stored: StoredEvent;
  readonly recorded: RecordedEvent<CaseEvent> | undefined;
}

/**
 * The events of a case as they stood at a moment of the store's own clock: the stream is cut off where that clock, which may have
 * been set back, first went past it. Sealed fields are ciphertext: nobody is shown personal data, so that the access log has no row of it.
 */
export async function* caseStream(
  { store, codec }: { readonly store: EventStore; readonly codec: Codec },
  caseId: string,
  asOf: string | undefined,
): AsyncGenerator<CaseStreamEvent> {
  const moment = asOf === undefined ? Number.POSITIVE_INFINITY : Date.parse(asOf);
  for await (const stored of store.readStream(`case-${caseId}`)) {
    if (stored.storedAt.getTime() > moment) return;
    const decoded = codec.decode(stored);
    yield { stored, recorded: isUnknownEvent(decoded) ? undefined : (decoded as RecordedEvent<CaseEvent>) };
  }
}
